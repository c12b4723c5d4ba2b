package dev.greenlight.cli.doctor;

/**
 * What a finding is about.
 *
 * @param kind the sort of thing: {@code function}, {@code fleet}, {@code pipeline}
 * @param name what Greenlight calls it: {@code AllowTraffic}; may be empty where there is only one
 * @param id its name or ARN in the account
 */
public record Place(String kind, String name, String id) {

    /** {@code function AllowTraffic}. */
    public String title() {
        return name.isEmpty() ? kind : kind + " " + name;
    }
}
