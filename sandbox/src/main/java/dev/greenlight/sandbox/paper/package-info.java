/**
 * An account as a stack left it, for those who only look: clients that answer what is configured, made of a template's resolved properties
 * and of what hands did to them since. Nothing happens here; the other packages model what services do.
 */
package dev.greenlight.sandbox.paper;
