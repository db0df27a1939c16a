package io.selfheal.healer.policy;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The policies' YAML file. Read as a whole and refused as a whole: nothing acts on a policy with a mistake in it. */
public final class PolicyFile {

    /** Cautious: a cause and its caller are two services; a third that falls ill within a minute is no coincidence. */
    private static final StormBreaker STORM = new StormBreaker(3, Duration.ofMinutes(1), Duration.ofMinutes(5));

    /** Three incidents within ten minutes, each over again: whatever was done did not last. */
    private static final FlapBreaker FLAP = new FlapBreaker(6, Duration.ofMinutes(10), Duration.ofHours(1));

    private PolicyFile() {}

    /**
     * Reads the text of a file.
     *
     * @param fileName as it is shown in problems
     * @throws InvalidPolicyException with all problems found, each as {@code file:line: field: what}
     */
    public static Policies parse(String fileName, String yaml) {
        Problems problems = new Problems(fileName);
        Optional<Node> root = tree(yaml, problems);
        Optional<Policies> policies = root.map(node -> read(new Section(node, "", problems), sha(yaml)));
        if (problems.count() > 0 || policies.isEmpty()) {
            throw problems.toException();
        }
        return policies.get();
    }

    private static Optional<Node> tree(String yaml, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(1_000_000);
        try {
            @Nullable Node root = new Yaml(options).compose(new StringReader(yaml));
            if (root == null) {
                problems.add(1, "", "is empty; expected version, name and policies");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "", "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "", "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Policies read(Section file, String sha) {
        file.required("version", "write version: 1");
        file.number("version", 1, 1);
        file.required("name", "it appears in every history entry");
        String name = file.text("name").orElse("unnamed");
        file.required("policies", "without any policy every alert would go to a human");
        List<Section> sections = file.sections("policies").orElse(List.of());
        if (file.has("policies") && sections.isEmpty()) {
            file.problem("policies", "is empty; without any policy every alert would go to a human");
        }
        List<Policy> policies = sections.stream()
                .map(PolicySection::read)
                .flatMap(Optional::stream)
                .toList();
        policies.stream()
                .map(Policy::name)
                .filter(one ->
                        policies.stream().filter(p -> p.name().equals(one)).count() > 1)
                .distinct()
                .forEach(twice -> file.problem("policies", "the name '" + twice + "' is used twice; rename one"));
        StormBreaker storm = file.section("storm").map(PolicyFile::storm).orElse(STORM);
        FlapBreaker flap = file.section("flap").map(PolicyFile::flap).orElse(FLAP);
        Map<String, Set<String>> calls =
                file.section("calls").map(PolicyFile::calls).orElse(Map.of());
        List<MaintenanceWindow> windows = file.sections("windows").orElse(List.of()).stream()
                .map(WindowSection::read)
                .flatMap(Optional::stream)
                .toList();
        List<AlarmMapping> alarms = file.sections("alarms").orElse(List.of()).stream()
                .map(AlarmSection::read)
                .flatMap(Optional::stream)
                .toList();
        file.refuseOtherKeys();
        return new Policies(name, sha, storm, flap, calls, windows, alarms, policies);
    }

    private static StormBreaker storm(Section section) {
        StormBreaker storm = new StormBreaker(
                section.number("services", 2, Integer.MAX_VALUE).orElse(STORM.services()),
                section.duration("window").orElse(STORM.window()),
                section.duration("hold").orElse(STORM.hold()),
                section.parsed("rearm", text -> PolicySection.word(StormBreaker.Rearm.class, text))
                        .orElse(STORM.rearm()));
        section.refuseOtherKeys();
        return storm;
    }

    private static FlapBreaker flap(Section section) {
        FlapBreaker flap = new FlapBreaker(
                section.number("flips", 2, 1000).orElse(FLAP.flips()),
                section.duration("window").orElse(FLAP.window()),
                section.duration("quarantine").orElse(FLAP.quarantine()));
        section.refuseOtherKeys();
        return flap;
    }

    private static Map<String, Set<String>> calls(Section section) {
        Map<String, Set<String>> calls = new HashMap<>();
        for (String caller : section.names()) {
            Set<String> callees =
                    Set.copyOf(section.list(caller, Function.identity()).orElse(List.of()));
            if (callees.contains(caller)) {
                section.problem(caller, "calls itself, so that its own incident would hold it back; remove it");
            }
            calls.put(caller, callees);
        }
        return calls;
    }

    private static String sha(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
