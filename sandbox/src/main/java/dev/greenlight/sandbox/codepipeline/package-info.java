/** CodePipeline on the laptop: one pipeline, its stages, and the jobs of its Lambda actions. */
package dev.greenlight.sandbox.codepipeline;
