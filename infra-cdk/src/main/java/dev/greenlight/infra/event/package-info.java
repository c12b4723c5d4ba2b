/** What calls RollBack without anybody asking. */
package dev.greenlight.infra.event;
