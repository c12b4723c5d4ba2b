/** What the use cases need of the world, in domain types. Implementations stand in {@code adapter}, doubles in the sandbox. */
package dev.greenlight.port;
