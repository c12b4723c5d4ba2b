/** DynamoDB on the laptop: DynamoDB Local inside this JVM. */
package dev.greenlight.sandbox.dynamodb;
