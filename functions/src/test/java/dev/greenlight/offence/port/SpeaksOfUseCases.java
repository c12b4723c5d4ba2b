package dev.greenlight.offence.port;

import dev.greenlight.offence.usecase.KnowsAnAdapter;

interface SpeaksOfUseCases {
    KnowsAnAdapter known();
}
