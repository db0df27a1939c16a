package io.selfheal.demo.stage;

import io.selfheal.demo.cloud.CloudSettings;
import io.selfheal.observability.Profile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to set up.
 *
 * @param root the repository
 * @param healerOn whether the healer is started at all; without it nothing but ECS mends
 * @param probeOn whether the healer's own probe looks too, beside Prometheus
 * @param tools Prometheus and Alertmanager; empty to do without
 * @param cloud AWS around the shop; empty to do without
 * @param setting what it is compared with, if it is not ours that runs
 */
public record StageOptions(
        Path root,
        Profile profile,
        boolean healerOn,
        boolean probeOn,
        Optional<MonitoringTools.Tools> tools,
        Ports ports,
        long seed,
        Optional<CloudSettings> cloud,
        Setting setting) {

    /** Without AWS. */
    public StageOptions(
            Path root,
            Profile profile,
            boolean healerOn,
            boolean probeOn,
            Optional<MonitoringTools.Tools> tools,
            Ports ports,
            long seed) {
        this(root, profile, healerOn, probeOn, tools, ports, seed, Optional.empty(), Setting.OURS);
    }

    /** Where this stage keeps its logs and state; one folder for each port offset. */
    public Path folder() {
        return root.resolve(".selfheal").resolve("stage-" + ports.offset());
    }

    /** The healer's policy for this profile, or for the alarm of CloudWatch. */
    public Path policy() {
        String name =
                switch (profile) {
                    case FAST -> cloud.isPresent() ? "localstack.yaml" : "demo.yaml";
                    case PRODUCTION -> "production.yaml";
                };
        return root.resolve("stage").resolve("policies").resolve(name);
    }
}
