package dev.greenlight.counterpart;

/** Who plays AWS when a contract is put to the test. */
public enum Counterpart {
    /** The project's own sandbox, which follows AWS's pages on a clock of its own. */
    SANDBOX("the sandbox"),
    /** DynamoDB as AWS gives it away, inside this JVM. */
    DYNAMODB_LOCAL("DynamoDB Local"),
    /** Other people's simulation, behind real HTTP. */
    MOTO("moto"),
    /** Other people's simulation in a container. */
    LOCALSTACK("LocalStack"),
    /** An account of one's own. */
    LIVE("AWS");

    private final String words;

    Counterpart(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
