/** What tells people. */
package dev.greenlight.infra.watch;
