package dev.greenlight.offence.domain.one;

import dev.greenlight.offence.domain.two.NeedsOne;

public record NeedsTwo(NeedsOne other) {}
