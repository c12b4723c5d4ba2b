/** Appointments: blue's time, and the sweep. */
package dev.greenlight.infra.schedule;
