package dev.greenlight.infra.fleet;

import software.constructs.IDependable;

/**
 * The function that knows which launch version a group has.
 *
 * @param ready what must be there before it can be asked: without its role's permissions it could not even say what it may
 *     not read
 */
public record VersionKeeper(String arn, IDependable ready) {}
