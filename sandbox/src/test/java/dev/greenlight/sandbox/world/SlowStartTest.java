package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.greenlight.sandbox.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** User guide, "Edit target group attributes for your Application Load Balancer", Slow start mode. */
class SlowStartTest {

    private static final Duration RAMP = Duration.ofSeconds(100);

    /** Fleet A serves, and warms up what joins it. */
    private static Story slow(int instances) {
        Story story = Story.serving(instances);
        TargetGroup group = story.a().targetGroup();
        story.world().change(group.arn(), group.healthCheck(), group.deregistrationDelay(), RAMP);
        return story;
    }

    /** One of fleet A's instances leaves, comes back with another revision, and has just passed its first health check. */
    private static Instance rejoins(Story story) {
        String group = story.a().targetGroupArn();
        Instance instance = story.instances(story.a()).getFirst();
        story.world().deregister(group, instance.id());
        story.pass(story.a().targetGroup().deregistrationDelay());
        instance.revision("v2");
        story.world().register(group, instance.id());
        while (story.states(story.a()).contains(TargetState.INITIAL)) {
            story.seconds(1);
        }
        return instance;
    }

    /** Of a thousand requests, how many the instance gets. */
    private static long of(Story story, Instance instance) {
        long got = 0;
        for (int i = 0; i < 1000; i++) {
            Choice choice = story.choose(story.sandbox().site().request("/"));
            got += ((Choice.Target) choice).instanceId().equals(instance.id()) ? 1 : 0;
        }
        return got;
    }

    @Test
    void a_target_that_joins_a_healthy_one_gets_more_and_more_until_it_has_its_share() {
        try (Story story = slow(2)) {
            Instance joining = rejoins(story);
            assertThat(of(story, joining)).isLessThan(30);
            assertThat(story.world().warmsUp(story.a().targetGroupArn())).isTrue();

            story.pass(RAMP.dividedBy(2));
            assertThat(of(story, joining)).isCloseTo(333, within(15L));

            story.pass(RAMP.dividedBy(2));
            assertThat(of(story, joining)).isEqualTo(500);
            assertThat(story.world().warmsUp(story.a().targetGroupArn())).isFalse();
        }
    }

    @Test
    void a_load_sees_the_same() {
        try (Story story = slow(2)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            rejoins(story);
            story.pass(RAMP.dividedBy(2));
            Load load = plane.load(story.sandbox().site().request("/"), 300);
            story.seconds(2);

            assertThat(load.answered().get("v2")).isCloseTo(200, within(10L));
            assertThat(load.answered().get("v1") + load.answered().get("v2")).isEqualTo(600);
        }
    }

    @Test
    void whoever_is_the_first_has_nobody_to_join() {
        try (Story story = slow(1)) {
            rejoins(story);

            assertThat(story.world().warmsUp(story.a().targetGroupArn())).isFalse();
        }
    }

    @Test
    void a_target_that_falls_ill_while_it_warms_up_begins_anew() {
        try (Story story = slow(2)) {
            Instance joining = rejoins(story);
            story.pass(RAMP.dividedBy(2));
            joining.revision(null);
            story.seconds(20);
            assertThat(of(story, joining)).isZero();
            joining.revision("v2");
            story.seconds(50);

            assertThat(story.states(story.a())).containsOnly(TargetState.HEALTHY);
            assertThat(of(story, joining)).isLessThan(150);
        }
    }
}
