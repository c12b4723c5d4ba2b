/** Amazon EC2, as far as one asks for instances, their status checks, and launch templates. */
package dev.greenlight.sandbox.ec2;
