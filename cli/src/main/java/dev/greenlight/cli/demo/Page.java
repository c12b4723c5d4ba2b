package dev.greenlight.cli.demo;

/** The report as a page. */
public final class Page {

    private Page() {}

    public static String of(DemoReport report) {
        return "";
    }
}
