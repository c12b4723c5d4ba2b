/** The sandbox's own time: ticked by a test, or wall time made faster. */
package dev.greenlight.sandbox.clock;
