/** Elastic Load Balancing, as far as one Application Load Balancer goes. */
package dev.greenlight.sandbox.elb;
