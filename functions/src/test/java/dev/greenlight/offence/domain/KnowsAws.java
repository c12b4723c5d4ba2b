package dev.greenlight.offence.domain;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

record KnowsAws(Rule rule) {}
