/** The simulator: lives of a service, drawn from seeds and played on the sandbox, held against docs/rules.md after every call. */
package dev.greenlight.cli.simulate;
