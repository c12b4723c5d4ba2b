/** AWS on a laptop. */
package dev.greenlight.sandbox;
