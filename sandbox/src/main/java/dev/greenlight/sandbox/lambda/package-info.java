/** Lambda on the laptop: the deployed handlers, run synchronously or from the queue of asynchronous events. */
package dev.greenlight.sandbox.lambda;
