/** Amazon EC2, as far as one asks for instances and their status checks. */
package dev.greenlight.sandbox.ec2;
