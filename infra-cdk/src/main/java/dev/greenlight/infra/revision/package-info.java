/** Where revisions are kept. */
package dev.greenlight.infra.revision;
