package io.selfheal.infra.chaos;

import io.selfheal.infra.config.BadConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** One experiment of {@code chaos/catalogue.yaml}: what is broken, in whose tasks, and what FIS can do of it. */
public record Experiment(String id, String fault, String service, String tasks, String fis) {
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
                    text(experiment, "fis")));
        }
        return List.copyOf(experiments);
    }

    /** Whether FIS can do it to the tasks as they are: every other action wants an SSM agent beside the program. */
    public boolean possible() {
        return fis.equals(STOP_TASK);
    }

    /** Why it is not mapped; empty where it is. */
    public Optional<String> whyNot() {
        if (fis.startsWith(NONE)) {
            return Optional.of(fis.substring(NONE.length()));
        }
        return possible() ? Optional.empty() : Optional.of(fis + " needs an SSM agent beside the program");
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

    private static String text(Map<?, ?> experiment, String key) {
        Object value = experiment.get(key);
        if (value == null) {
            throw new BadConfigurationException(FILE, "the experiment " + experiment.get("id") + " has no " + key);
        }
        return String.valueOf(value);
    }
}
