/** Environment variables become one settings record; all faults come in one message. */
package dev.greenlight.config;
