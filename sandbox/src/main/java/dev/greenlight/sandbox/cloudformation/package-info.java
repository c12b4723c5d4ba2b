/** CloudFormation: templates as they were synthesized, what their functions resolve to. */
package dev.greenlight.sandbox.cloudformation;
