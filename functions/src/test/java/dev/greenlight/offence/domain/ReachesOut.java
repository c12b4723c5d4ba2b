package dev.greenlight.offence.domain;

import java.net.URI;

record ReachesOut(URI to) {}
