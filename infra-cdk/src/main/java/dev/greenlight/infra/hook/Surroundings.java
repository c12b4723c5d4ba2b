package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.fleet.Fleets;
import dev.greenlight.infra.schedule.Appointments;
import dev.greenlight.infra.store.Store;
import dev.greenlight.infra.traffic.FrontDoor;
import dev.greenlight.infra.traffic.PreviewRule;
import dev.greenlight.service.Config;
import java.util.Optional;

/** Everything that the functions work on: their settings and their permissions both follow from it. */
public record Surroundings(
        Names names,
        Config config,
        FrontDoor door,
        String productionRule,
        Optional<String> audienceRule,
        Optional<String> shadowRule,
        PreviewRule previewA,
        PreviewRule previewB,
        Fleets fleets,
        Store store,
        Appointments appointments) {}
