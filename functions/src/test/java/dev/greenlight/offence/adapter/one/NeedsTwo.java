package dev.greenlight.offence.adapter.one;

import dev.greenlight.offence.adapter.two.NeedsOne;

public record NeedsTwo(NeedsOne other) {}
