/** The file {@code greenlight.yaml} becomes records; all faults come in one list, each with its line. */
package dev.greenlight.service;
