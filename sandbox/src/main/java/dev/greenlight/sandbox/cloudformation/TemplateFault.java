package dev.greenlight.sandbox.cloudformation;

/** Thrown for what a template says and nothing stands behind; the message names the resource, parameter or function. */
public final class TemplateFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public TemplateFault(String message) {
        super(message);
    }

    TemplateFault(String message, Throwable cause) {
        super(message, cause);
    }
}
