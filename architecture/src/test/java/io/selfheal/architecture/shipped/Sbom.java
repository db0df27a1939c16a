package io.selfheal.architecture.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program is made of, as CycloneDX says it.
 *
 * @param users by the reference of a component, those that depend on it
 */
record Sbom(List<Component> components, Map<String, Set<String>> users) {
    /** One jar. */
    record Component(String ref, String group, String name, String version, String sha256, Set<String> licences) {
        boolean isOurs() {
            return group.equals("io.selfheal");
        }

        String coordinates() {
            return group + ":" + name;
        }
    }

    static Sbom read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            List<Component> components = new ArrayList<>();
            json.path("components").forEach(one -> components.add(component(one)));
            Map<String, Set<String>> users = new LinkedHashMap<>();
            for (JsonNode user : json.path("dependencies")) {
                for (JsonNode used : user.path("dependsOn")) {
                    users.computeIfAbsent(used.asText(), _ -> new TreeSet<>())
                            .add(user.path("ref").asText());
                }
            }
            return new Sbom(components, users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Component component(JsonNode json) {
        String sha256 = "";
        for (JsonNode hash : json.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                sha256 = hash.path("content").asText();
            }
        }
        Set<String> licences = new TreeSet<>();
        for (JsonNode licence : json.path("licenses")) {
            JsonNode named = licence.path("license");
            licences.add(Objects.requireNonNullElse(
                    named.path("id").textValue(),
                    named.path("name").asText(licence.path("expression").asText())));
        }
        return new Component(
                json.path("bom-ref").asText(),
                json.path("group").asText(),
                json.path("name").asText(),
                json.path("version").asText(),
                sha256,
                licences);
    }
}
