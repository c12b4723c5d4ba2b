/** Metrics as CloudWatch keeps them, by the minute and published late, and alarms that watch them. */
package dev.greenlight.sandbox.cloudwatch;
