/** The demo: four releases played on the sandbox under real load, and what each one cost. */
package dev.greenlight.cli.demo;
