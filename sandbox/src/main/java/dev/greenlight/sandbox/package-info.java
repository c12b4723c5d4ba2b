/** Placeholder. */
package dev.greenlight.sandbox;
