/** What goes wrong between a function and AWS: throttles, errors, stale answers, and the death of the function. */
package dev.greenlight.sandbox.fault;
