package dev.greenlight.cli.demo;

import dev.greenlight.cli.theatre.Told;

/** Is shown what happens while the demo runs; never slows it down. */
public interface Stagehand {

    /** The demo begins, or goes on to what {@code title} says. */
    void chapter(String title);

    /** A decision fell. */
    void told(Told told);

    /** Ten times a second. */
    void frame(Frame frame);

    /** A release is over. */
    void over(Release release);
}
