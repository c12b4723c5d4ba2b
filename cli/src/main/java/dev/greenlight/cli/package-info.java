/** Placeholder. */
package dev.greenlight.cli;
