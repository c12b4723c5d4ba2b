package dev.greenlight.offence.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;

record BindsData(ObjectMapper mapper) {}
