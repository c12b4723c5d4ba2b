package dev.greenlight.sandbox.codepipeline;

/** The credentials in every job event of the sandbox: they open nothing, and a test can look for them where they must not be. */
public final class FakeCredentials {

    public static final String ACCESS_KEY_ID = "ASIASANDBOXFAKE00001";
    public static final String SECRET_ACCESS_KEY = "sandbox/fake/secret/never/to/be/logged01";
    public static final String SESSION_TOKEN = "sandbox-fake-session-token-never-to-be-logged";

    private FakeCredentials() {}
}
