package dev.greenlight.cli.doctor;

/** One thing that the doctor looks at. */
interface Subject {

    /** What it is called while it is looked at: {@code the fleets}. */
    String name();

    /** Looks at all of it, and notes what it finds; a question without an answer never ends the look. */
    void look(DeployedStack stack, Notebook notebook);
}
