package dev.greenlight.infra.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The permissions that are needed although no call of Greenlight shows them, each with the page that says so. */
record Unseen(List<Row> rows) {

    private static final int COLUMNS = 5;
    private static final Pattern FUNCTION = Pattern.compile("(\\*|[a-z-]+)(?: \\((\\w+)\\))?");
    private static final Pattern RESOURCE = Pattern.compile("(\\S+)(?: x(\\d))?");

    /**
     * One of them.
     *
     * @param function without the service's name, or {@code *} for each
     * @param example the only service for which it is needed; empty where it is for all of them
     * @param resource as the statement has it, with {@code {region}}, {@code {account}}, {@code {service}} and {@code {function}}, and
     *     {@code ~} for an id
     * @param times how many such resources there are
     * @param source the page that says that it is needed
     */
    record Row(
            String function,
            Optional<String> example,
            String statement,
            String action,
            String resource,
            int times,
            String source) {

        /** Whether it says something of this function there. */
        boolean isOf(String other, String installation) {
            return (function.equals("*") || function.equals(other))
                    && example.map(installation::equals).orElse(true);
        }

        boolean names(String sid, String otherAction, String otherResource, Installation installation, String name) {
            String filled = resource.replace("{region}", installation.account().region())
                    .replace("{account}", installation.account().id())
                    .replace("{service}", installation.name())
                    .replace("{function}", name);
            String exactly =
                    Stream.of(filled.split("~", -1)).map(Pattern::quote).collect(Collectors.joining("[^*/]+"));
            return statement.equals(sid) && action.equals(otherAction) && otherResource.matches(exactly);
        }
    }

    Unseen {
        rows = List.copyOf(rows);
    }

    /** Reads a table of five columns with bars between them; lines that begin with # are remarks. */
    static Unseen read(Path file) throws IOException {
        return new Unseen(Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Unseen::row)
                .toList());
    }

    private static Row row(String line) {
        List<String> cells =
                Stream.of(line.split("\\|", COLUMNS)).map(String::strip).toList();
        if (cells.size() != COLUMNS || cells.getLast().isBlank()) {
            throw new IllegalArgumentException("function | statement | action | resource | source: " + line);
        }
        Matcher function = FUNCTION.matcher(cells.get(0));
        Matcher resource = RESOURCE.matcher(cells.get(3));
        if (!function.matches() || !resource.matches()) {
            throw new IllegalArgumentException("this names no function or no resource: " + line);
        }
        return new Row(
                function.group(1),
                Optional.ofNullable(function.group(2)),
                cells.get(1),
                cells.get(2),
                resource.group(1),
                Optional.ofNullable(resource.group(2)).map(Integer::valueOf).orElse(1),
                cells.getLast());
    }

    /** What it says of one function. */
    List<Row> of(String function, String installation) {
        return rows.stream().filter(row -> row.isOf(function, installation)).toList();
    }
}
