package dev.greenlight.domain.hook;

/** Where a revision's zip lies: the S3 bucket and key of the pipeline's input artifact. */
public record RevisionLocation(String bucket, String key) {}
