/**
 * What a hook can do, one class each. A use case talks to ports only, does not know who called, and never sleeps: it
 * observes, decides, acts and answers, and what takes long is answered "in progress" and taken up by the next call.
 */
package dev.greenlight.usecase;
