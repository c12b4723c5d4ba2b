/** The {@code greenlight} command: what it understands, what it prints where, and the status with which it ends. */
package dev.greenlight.cli;
