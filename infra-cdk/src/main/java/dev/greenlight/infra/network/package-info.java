/** Where the service stands: a VPC of its own, or one that is there already. */
package dev.greenlight.infra.network;
