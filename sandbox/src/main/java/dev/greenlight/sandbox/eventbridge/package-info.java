/** EventBridge on the laptop: a bus with rules whose targets are functions. */
package dev.greenlight.sandbox.eventbridge;
