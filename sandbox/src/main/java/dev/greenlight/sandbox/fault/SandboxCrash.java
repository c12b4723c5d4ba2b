package dev.greenlight.sandbox.fault;

/** The function's process dies here: no handler may catch it, and nothing that it does afterwards reaches AWS. */
public final class SandboxCrash extends Error {

    private static final long serialVersionUID = 1L;

    public SandboxCrash(String where) {
        super("the process died " + where);
    }
}
