/**
 * Greenlight installed for one service on the sandbox: what a stack would create, with the deployed handlers in it. The demo
 * runs on it over real HTTP, the stories in the tests on a ticked clock.
 */
package dev.greenlight.cli.installed;
