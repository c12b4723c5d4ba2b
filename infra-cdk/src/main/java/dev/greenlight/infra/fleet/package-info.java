/** The two fleets, and what installs revisions on them. */
package dev.greenlight.infra.fleet;
