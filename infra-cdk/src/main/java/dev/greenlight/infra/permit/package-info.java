/** What a role may do, each permission with the reason for it. */
package dev.greenlight.infra.permit;
