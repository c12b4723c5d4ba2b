/**
 * The sample app "checkout": its bundle with real scripts, how a release of it behaves, and the server that answers with what
 * the scripts installed on an instance.
 */
package dev.greenlight.sandbox.app;
