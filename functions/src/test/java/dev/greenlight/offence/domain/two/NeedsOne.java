package dev.greenlight.offence.domain.two;

import dev.greenlight.offence.domain.one.NeedsTwo;

public interface NeedsOne {
    NeedsTwo other();
}
