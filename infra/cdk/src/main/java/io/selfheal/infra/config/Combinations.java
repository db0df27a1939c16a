package io.selfheal.infra.config;

import io.selfheal.infra.config.EnvironmentSettings.AccessKind;
import io.selfheal.infra.config.EnvironmentSettings.HealerShell;

/** What cannot go together although each value by itself is fine. */
final class Combinations {
    private Combinations() {}

    static void check(Section section, EnvironmentSettings settings) {
        healer(section, settings);
        access(section, settings);
        refuse(
                settings.reachable() && !settings.chaos(),
                section.key("chaosAgent"),
                "set, but chaos is false: nobody would send it anything");
        if (settings.production()) {
            production(section, settings);
        }
    }

    private static void healer(Section section, EnvironmentSettings settings) {
        boolean container = settings.healer().shell() == HealerShell.CONTAINER;
        refuse(
                container && settings.healer().snapStart(),
                section.key("healer.snapStart"),
                "true, but healer.shell is container: SnapStart is Lambda's; set it to false or the shell to lambda");
        refuse(
                !container && settings.network().nat() == 0,
                section.key("healer.shell"),
                "lambda, but network.nat is 0: a function in a public subnet gets no public address, so it would reach"
                        + " neither ECS nor its queues; set network.nat to 1 or more, or the shell to container");
    }

    private static void access(Section section, EnvironmentSettings settings) {
        refuse(
                settings.access().kind() == AccessKind.INTERNAL
                        && !settings.access().allowFrom().isEmpty(),
                section.key("access.allowFrom"),
                "set, but access.kind is internal: an internal load balancer has no address outside");
        refuse(
                settings.tasks().perService() < 2,
                section.key("tasks.perService"),
                "1, but the healer never stops the last healthy task: with less than 2 it can heal nothing");
    }

    private static void production(Section section, EnvironmentSettings settings) {
        refuse(settings.chaos(), section.key("chaos"), "true, but nothing is broken on purpose in prod");
        refuse(
                settings.network().nat() == 0,
                section.key("network.nat"),
                "0, but prod's tasks stand in private subnets: give it at least one NAT gateway");
        refuse(
                settings.access().kind() == AccessKind.HTTP,
                section.key("access.kind"),
                "http, but prod's customers are not served in plain text: take https or internal");
        refuse(!settings.keep().data(), section.key("keep.data"), "false, but prod's data outlives its stacks");
    }

    private static void refuse(boolean wrong, String key, String what) {
        if (wrong) {
            throw new BadConfigurationException(key, "is " + what);
        }
    }
}
