/** The demo as people and programs see it: live on a screen, as lines, as JSON and as a page. */
package dev.greenlight.cli.demo;
