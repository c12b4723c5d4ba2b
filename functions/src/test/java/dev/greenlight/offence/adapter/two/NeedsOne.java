package dev.greenlight.offence.adapter.two;

import dev.greenlight.offence.adapter.one.NeedsTwo;

public interface NeedsOne {
    NeedsTwo other();
}
