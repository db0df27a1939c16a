package io.selfheal.infra.config;

import io.selfheal.infra.config.EnvironmentSettings.Access;
import io.selfheal.infra.config.EnvironmentSettings.AccessKind;
import io.selfheal.infra.config.EnvironmentSettings.Architecture;
import io.selfheal.infra.config.EnvironmentSettings.DatabaseKind;
import io.selfheal.infra.config.EnvironmentSettings.Healer;
import io.selfheal.infra.config.EnvironmentSettings.HealerShell;
import io.selfheal.infra.config.EnvironmentSettings.Keep;
import io.selfheal.infra.config.EnvironmentSettings.Network;
import io.selfheal.infra.config.EnvironmentSettings.Notices;
import io.selfheal.infra.config.EnvironmentSettings.Tasks;
import io.selfheal.infra.config.EnvironmentSettings.Telemetry;
import io.selfheal.infra.config.EnvironmentSettings.TransactionSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The environments of {@code cdk.json}. */
public final class Environments {
    private static final String KEY = "environments";
    /** 0 to 255: the CDK ends with a trace of its calls for an address that is none, EC2 refuses it in the middle of a deployment. */
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    private static final String RANGE = "(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[12]?[0-9])";
    /** Of the numbers of days that CloudWatch Logs takes, those up to a year. */
    private static final Set<Integer> LOG_DAYS = Set.of(1, 3, 5, 7, 14, 30, 60, 90, 180, 365);
    /** Memory that Fargate gives for so much processor: MiB from and to. */
    private static final Map<Integer, int[]> FARGATE = Map.of(
            512, new int[] {1024, 4096}, 1024, new int[] {2048, 8192}, 2048, new int[] {4096, 16384}, 4096, new int[] {
                8192, 30720
            });

    private Environments() {}

    /**
     * All environments, or the one that is chosen.
     *
     * @param context the value of {@code environments}
     * @param chosen the value of {@code env}, as in {@code -c env=dev}; null: all of them
     */
    public static List<EnvironmentSettings> read(@Nullable Object context, @Nullable Object chosen) {
        Section all = Section.of(KEY, context);
        if (chosen != null && !all.names().contains(chosen.toString())) {
            throw new BadConfigurationException(
                    "env", "there is no environment '" + chosen + "'; known are " + String.join(", ", all.names()));
        }
        List<EnvironmentSettings> environments = new ArrayList<>();
        for (String name : all.names()) {
            if (chosen == null || name.equals(chosen.toString())) {
                environments.add(environment(name, all.section(name)));
            }
        }
        if (environments.isEmpty()) {
            throw new BadConfigurationException(KEY, "is empty; describe at least one environment");
        }
        return List.copyOf(environments);
    }

    private static EnvironmentSettings environment(String name, Section section) {
        if (!name.matches("[a-z][a-z0-9]{1,11}")) {
            throw new BadConfigurationException(
                    KEY, "expected names of 2 to 12 small letters and digits, was '" + name + "'");
        }
        EnvironmentSettings settings = new EnvironmentSettings(
                name,
                section.matching("region", "[a-z]{2}(-[a-z]+)+-[0-9]", "a region such as eu-central-1"),
                network(section.section("network")),
                tasks(section.section("tasks")),
                database(section.section("database")),
                healer(section.section("healer")),
                access(section.section("access")),
                notices(section.section("notices")),
                keep(section.section("keep")),
                telemetry(section.section("telemetry")),
                section.flag("chaos"),
                section.matching(
                        "chaosAgent",
                        "|[a-z0-9./-]+(:(?!latest$)[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})",
                        "an image with a tag that stays what it is, or nothing"));
        section.refuseOtherKeys();
        Combinations.check(section, settings);
        return settings;
    }

    private static Network network(Section section) {
        Network network = new Network(
                section.matching("cidr", "10\\." + OCTET + "\\.0\\.0/16", "a range such as 10.20.0.0/16"),
                section.number("zones", 2, 3),
                section.number("nat", 0, 3));
        section.refuseOtherKeys();
        if (network.nat() > network.zones()) {
            throw new BadConfigurationException(
                    section.key("nat"), "is more than the " + network.zones() + " zones; one for each is enough");
        }
        return network;
    }

    private static Tasks tasks(Section section) {
        int perService = section.number("perService", 1, 50);
        int cpu = section.number("cpu", 512, 4096);
        int[] memory = FARGATE.get(cpu);
        if (memory == null) {
            throw new BadConfigurationException(section.key("cpu"), "expected 512, 1024, 2048 or 4096, was " + cpu);
        }
        int memoryMiB = section.number("memoryMiB", memory[0], memory[1]);
        if (memoryMiB % 1024 != 0) {
            throw new BadConfigurationException(
                    section.key("memoryMiB"), "expected a multiple of 1024, was " + memoryMiB);
        }
        Tasks tasks = new Tasks(
                perService,
                section.number("most", perService, 200),
                section.word("architecture", Architecture.class),
                cpu,
                memoryMiB,
                section.number("spotPercent", 0, 100));
        section.refuseOtherKeys();
        return tasks;
    }

    private static DatabaseKind database(Section section) {
        DatabaseKind kind = section.word("kind", DatabaseKind.class);
        section.refuseOtherKeys();
        return kind;
    }

    private static Healer healer(Section section) {
        Healer healer =
                new Healer(section.word("shell", HealerShell.class), section.flag("snapStart"), section.flag("act"));
        section.refuseOtherKeys();
        return healer;
    }

    private static Access access(Section section) {
        AccessKind kind = section.word("kind", AccessKind.class);
        List<String> ranges = section.texts("allowFrom");
        for (String range : ranges) {
            if (!range.matches(RANGE)) {
                throw new BadConfigurationException(
                        section.key("allowFrom"), "expected ranges such as 203.0.113.7/32, found '" + range + "'");
            }
        }
        boolean https = kind == AccessKind.HTTPS;
        Access access = new Access(
                kind,
                ranges,
                https ? section.matching("domain", "[a-z0-9.-]+\\.[a-z]+", "a name such as shop.example.com") : "",
                https ? section.matching("hostedZoneId", "Z[A-Z0-9]+", "the id of a hosted zone, Z...") : "");
        section.refuseOtherKeys();
        return access;
    }

    private static Notices notices(Section section) {
        Notices notices = new Notices(
                section.matching("email", "|[^@\\s]+@[^@\\s]+", "an address, or nothing"),
                section.number("monthlyBudgetUsd", 1, 1_000_000));
        section.refuseOtherKeys();
        return notices;
    }

    private static Keep keep(Section section) {
        int days = section.number("logDays", 1, 365);
        if (!LOG_DAYS.contains(days)) {
            throw new BadConfigurationException(
                    section.key("logDays"), "expected 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365 days, was " + days);
        }
        Keep keep = new Keep(days, section.flag("data"));
        section.refuseOtherKeys();
        return keep;
    }

    private static Telemetry telemetry(Section section) {
        Telemetry telemetry = new Telemetry(
                section.flag("containerInsights"), section.word("transactionSearch", TransactionSearch.class));
        section.refuseOtherKeys();
        return telemetry;
    }
}
