/** The functions, their settings and their roles. */
package dev.greenlight.infra.hook;
