/** A service that is really asked while releases are played on it, and what is to be seen of them: for whoever measures. */
package dev.greenlight.cli.theatre;
