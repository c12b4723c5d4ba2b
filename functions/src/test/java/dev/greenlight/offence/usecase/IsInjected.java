package dev.greenlight.offence.usecase;

final class IsInjected {
    @Inject
    final String dependency = "given by magic";
}
