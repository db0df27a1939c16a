package io.selfheal.infra.chaos;

import io.selfheal.infra.config.BadConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** One experiment of {@code chaos/catalogue.yaml}: what is broken, in whose tasks, and what FIS can do of it. */
public record Experiment(
        String id,
        String fault,
        String service,
        String tasks,
        String duration,
        String fis,
        Map<String, String> parameters) {
    private static final String FILE = "chaos/catalogue.yaml";
    private static final String STOP_TASK = "aws:ecs:stop-task";
    private static final String NONE = "none: ";

    /**
     * The experiments of the catalogue.
     *
     * @param yaml the file's text; empty: there are none
     */
    public static List<Experiment> read(Optional<String> yaml) {
        List<Experiment> experiments = new ArrayList<>();
        if (yaml.isEmpty()) {
            return experiments;
        }
        if (!(tree(yaml.get()) instanceof Map<?, ?> file) || !(file.get("experiments") instanceof List<?> list)) {
            throw new BadConfigurationException(FILE, "expected a list of experiments");
        }
        for (Object one : list) {
            if (!(one instanceof Map<?, ?> experiment)) {
                throw new BadConfigurationException(FILE, "expected experiments with keys, found " + one);
            }
            experiments.add(new Experiment(
                    text(experiment, "id"),
                    text(experiment, "fault"),
                    text(experiment, "service"),
                    text(experiment, "tasks"),
                    text(experiment, "duration"),
                    text(experiment, "fis"),
                    parameters(experiment)));
        }
        return List.copyOf(experiments);
    }

    /**
     * Why FIS cannot do it; empty where it can.
     *
     * @param reachable whether FIS reaches into the tasks: all that it can do without is to stop one
     */
    public Optional<String> whyNot(boolean reachable) {
        if (fis.startsWith(NONE)) {
            return Optional.of(fis.substring(NONE.length()));
        }
        return reachable || fis.equals(STOP_TASK)
                ? Optional.empty()
                : Optional.of(fis + " needs an agent beside the program: chaosAgent in cdk.json");
    }

    /** What the action is told. One that is over at once has no duration. */
    Map<String, String> told() {
        Map<String, String> told = new TreeMap<>(parameters);
        if (!fis.equals(STOP_TASK)) {
            told.put("duration", duration);
        }
        return told;
    }

    /** As FIS says how many: all, a share or a number. */
    String selection() {
        if (tasks.equals("100%")) {
            return "ALL";
        }
        return tasks.endsWith("%") ? "PERCENT(" + tasks.substring(0, tasks.length() - 1) + ")" : "COUNT(" + tasks + ")";
    }

    private static Object tree(String yaml) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new BadConfigurationException(FILE, "is not YAML: " + e.getMessage());
        }
    }

    private static Map<String, String> parameters(Map<?, ?> experiment) {
        Map<String, String> parameters = new TreeMap<>();
        if (experiment.get("parameters") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> parameters.put(String.valueOf(name), String.valueOf(value)));
        }
        return parameters;
    }

    private static String text(Map<?, ?> experiment, String key) {
        Object value = experiment.get(key);
        if (value == null) {
            throw new BadConfigurationException(FILE, "the experiment " + experiment.get("id") + " has no " + key);
        }
        return String.valueOf(value);
    }
}
