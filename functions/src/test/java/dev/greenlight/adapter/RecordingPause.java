package dev.greenlight.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets no time pass, and remembers how much should have. */
public final class RecordingPause implements Pause {

    private final List<Duration> lengths = new ArrayList<>();

    @Override
    public void pause(Duration length) {
        lengths.add(length);
    }

    public List<Duration> lengths() {
        return List.copyOf(lengths);
    }
}
