/** The installation of Greenlight for one service: stacks compose constructs, each of which is one idea. */
package dev.greenlight.infra;
