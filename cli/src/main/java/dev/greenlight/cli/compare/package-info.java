/** The table that everyone copies, measured: each strategy releases the same app under the same load, and what it costs is counted. */
package dev.greenlight.cli.compare;
