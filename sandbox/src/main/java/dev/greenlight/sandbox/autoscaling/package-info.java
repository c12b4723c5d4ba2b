/** Amazon EC2 Auto Scaling: groups, their sizes, processes and activities. */
package dev.greenlight.sandbox.autoscaling;
