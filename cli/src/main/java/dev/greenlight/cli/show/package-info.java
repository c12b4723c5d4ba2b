/** What people see of the demo: the live screen, plain lines, the receipts, the page, and the same as JSON. */
package dev.greenlight.cli.show;
