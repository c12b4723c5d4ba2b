/** Open-loop load on 127.0.0.1 that records what became of each request, and never sends one again. */
package dev.greenlight.sandbox.load;
