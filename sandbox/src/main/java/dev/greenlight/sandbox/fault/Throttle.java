package dev.greenlight.sandbox.fault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The request buckets of an account. Those of Elastic Load Balancing are documented (API reference, "Request throttling for the
 * Elastic Load Balancing API") and on by default; those of the other services are not, and are added by who wants them.
 */
final class Throttle {

    private static final String ELB = "elasticloadbalancing";

    private final Map<Predicate<Call>, TokenBucket> buckets = new LinkedHashMap<>();

    /** The documented buckets, full. */
    static Throttle documented(Instant now) {
        Throttle throttle = new Throttle();
        throttle.add(elb("(Register|Deregister)Targets"), new TokenBucket(20, 4, now));
        throttle.add(elb("Modify.*|CreateRule|DeleteRule"), new TokenBucket(20, 3, now));
        throttle.add(elb("Describe.*"), new TokenBucket(40, 10, now));
        throttle.add(elb(".*"), new TokenBucket(40, 10, now));
        return throttle;
    }

    void add(Predicate<Call> calls, TokenBucket bucket) {
        buckets.put(calls, bucket);
    }

    void clear() {
        buckets.clear();
    }

    /** Takes a token from each bucket that the call belongs to; takes none and says no when one of them is empty. */
    boolean admits(Call call) {
        List<TokenBucket> concerned = new ArrayList<>();
        for (Map.Entry<Predicate<Call>, TokenBucket> entry : buckets.entrySet()) {
            if (entry.getKey().test(call)) {
                if (!entry.getValue().has(call.at())) {
                    return false;
                }
                concerned.add(entry.getValue());
            }
        }
        concerned.forEach(TokenBucket::take);
        return true;
    }

    private static Predicate<Call> elb(String operations) {
        Pattern pattern = Pattern.compile(operations);
        Map<String, Boolean> known = new ConcurrentHashMap<>();
        return call -> call.service().equals(ELB)
                && known.computeIfAbsent(
                        call.operation(),
                        operation -> pattern.matcher(operation).matches());
    }
}
