/** Looks at an installation in a live account, changes nothing, and says what it lacks: one class per thing that is looked at. */
package dev.greenlight.cli.doctor;
