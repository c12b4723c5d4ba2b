/**
 * AWS on a laptop: the services that Greenlight calls, simulated behind the AWS SDK's own client interfaces, on a clock of
 * their own. It knows nothing of Greenlight.
 *
 * <p>The rooms:
 *
 * <ul>
 *   <li>{@code clock}: time, ticked by hand or wall time times a factor
 *   <li>{@code world}: the one model of instances, target groups, rules and weights, and the port of the data plane
 *   <li>{@code cloudformation}: templates, what their functions resolve to
 *   <li>{@code elb}, {@code autoscaling}, {@code ec2}, {@code cloudwatch}: the services that read and write the world
 *   <li>{@code codedeploy}, {@code codepipeline}, {@code lambda}, {@code scheduler}, {@code eventbridge}: the services that
 *       drive a release
 *   <li>{@code dynamodb}: DynamoDB Local, inside this JVM
 *   <li>{@code fault}: records every call, and throttles, fails or crashes the ones that it is told to
 *   <li>{@code app}: the sample app: a bundle with real scripts, and the server that answers with what they installed
 *   <li>{@code http}: the data plane in which requests are real
 *   <li>{@code load}, {@code receipt}: real requests at a fixed rate, and what a cutover cost them
 * </ul>
 */
package dev.greenlight.sandbox;
