/** Who may start and take back without keys. */
package dev.greenlight.infra.control;
