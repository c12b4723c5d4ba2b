/** EventBridge Scheduler on the laptop: functions invoked at a time or at a rate, at least once. */
package dev.greenlight.sandbox.scheduler;
