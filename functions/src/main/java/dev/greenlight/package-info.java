/** Placeholder. */
package dev.greenlight;
