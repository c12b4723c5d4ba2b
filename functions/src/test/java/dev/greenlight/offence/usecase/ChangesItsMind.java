package dev.greenlight.offence.usecase;

final class ChangesItsMind {
    int mind;
}
