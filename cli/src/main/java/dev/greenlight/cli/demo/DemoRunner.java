package dev.greenlight.cli.demo;

/** Plays the demo's releases. */
public interface DemoRunner {

    /**
     * Plays all of them, tells {@code stage} what happens meanwhile, and reports what was counted.
     *
     * @throws Exception if the demo could not be played to its end
     */
    DemoReport run(Stagehand stage) throws Exception;
}
