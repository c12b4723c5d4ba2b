/** From a merge to a rollout. */
package dev.greenlight.infra.pipeline;
