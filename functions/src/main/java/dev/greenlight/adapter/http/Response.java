package dev.greenlight.adapter.http;

import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param headers names in lower case; of several with one name, the first
 * @param body at most its first 64 KiB
 */
record Response(int status, Map<String, String> headers, String body) {}
