/**
 * The only room that knows AWS and HTTP: one package for each technology, each class a port's implementation named after it.
 *
 * <p>Adapters hold no policy. An expected refusal of AWS (a conflict, an answer that came too late) becomes a value where it is
 * met; everything else leaves as {@link dev.greenlight.port.CallFailed}.
 */
package dev.greenlight.adapter;
