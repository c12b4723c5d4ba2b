/** What a cutover cost, counted from the samples of a load: requests, failures, versions, latencies, seconds to switch. */
package dev.greenlight.sandbox.receipt;
