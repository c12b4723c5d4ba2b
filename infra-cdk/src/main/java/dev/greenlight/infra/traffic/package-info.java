/** What takes requests in, and the rules that send them on. */
package dev.greenlight.infra.traffic;
