package dev.greenlight.cli.demo;

import java.util.List;

/** The demo's result: its releases in their order, and the wall seconds that all of it took. */
public record DemoReport(List<Release> releases, double seconds) {

    public DemoReport {
        releases = List.copyOf(releases);
    }

    /** Whether every release ended as it should and kept its promises. */
    public boolean kept() {
        return releases.stream().allMatch(release -> release.brokenPromises().isEmpty());
    }
}
