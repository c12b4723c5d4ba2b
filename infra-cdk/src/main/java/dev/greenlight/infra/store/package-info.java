/** Where rollouts are remembered. */
package dev.greenlight.infra.store;
