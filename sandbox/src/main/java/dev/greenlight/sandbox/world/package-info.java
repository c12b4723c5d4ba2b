/**
 * The one model of what exists: a load balancer with rules and target groups, Auto Scaling groups and their instances. The
 * simulated services read and write it, and a {@link dev.greenlight.sandbox.world.DataPlane} makes its instances serve.
 */
package dev.greenlight.sandbox.world;
