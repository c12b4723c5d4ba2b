/**
 * IAM on the laptop: what each call asks of its caller's role, roles that answer, and a record of what was asked, from which
 * roles are proven to hold what is needed and no more.
 */
package dev.greenlight.sandbox.iam;
