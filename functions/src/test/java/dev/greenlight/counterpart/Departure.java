package dev.greenlight.counterpart;

/**
 * A counterpart does not do what AWS's page says, in one clause of one contract.
 *
 * @param contract the contract's class
 * @param clause the name of its test
 * @param what what the counterpart does instead
 * @param symptom what the test's failure says because of it; another failure is not excused
 * @param page the page that says otherwise
 */
record Departure(
        Counterpart counterpart,
        Class<? extends Contract> contract,
        String clause,
        String what,
        String symptom,
        String page) {

    @Override
    public String toString() {
        return "%s departs from \"%s\": %s".formatted(counterpart, page, what);
    }
}
