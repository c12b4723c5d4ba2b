package dev.greenlight.offence.usecase;

import dev.greenlight.offence.adapter.one.NeedsTwo;

public record KnowsAnAdapter(NeedsTwo adapter) {}
