package dev.greenlight.offence.usecase;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

@Target(ElementType.FIELD)
@interface Inject {}
