package io.selfheal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the CDK's own validation of templates found to be of a type that the region does not have. */
final class LackingTypes {
    static final String REPORT = "validation-report.json";

    /** "Resource type ... does not exist in ...", of cfn-lint's rules. */
    private static final String NO_SUCH_TYPE = "F3006";

    private LackingTypes() {}

    /**
     * The places of an environment that CloudFormation cannot make in its region, each with its construct.
     *
     * @param assembly where the templates were written to
     * @return empty where the validation did not run, or found nothing of the kind
     */
    static List<String> of(String environment, Path assembly) {
        Path report = assembly.resolve(REPORT);
        List<String> lacking = new ArrayList<>();
        if (Files.exists(report)) {
            for (JsonNode plugin : read(report).path("pluginReports")) {
                for (JsonNode violation : plugin.path("violations")) {
                    if (violation.path("ruleName").asText().equals(NO_SUCH_TYPE)) {
                        violation.path("violatingConstructs").forEach(construct -> lacking.add(place(construct)));
                    }
                }
            }
        }
        return lacking.stream()
                .filter(place -> place.startsWith(environment + "/"))
                .distinct()
                .sorted()
                .toList();
    }

    private static JsonNode read(Path report) {
        try {
            return new ObjectMapper().readTree(report.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonNode construct) {
        String name = construct.path("constructFqn").asText();
        return construct.path("constructPath").asText() + " (" + name.substring(name.lastIndexOf('.') + 1) + ")";
    }
}
