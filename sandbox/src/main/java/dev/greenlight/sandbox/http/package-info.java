/**
 * The data plane in which requests are real: a reverse proxy, web servers, health checks over sockets on 127.0.0.1. Nothing
 * in it sends a request twice.
 */
package dev.greenlight.sandbox.http;
