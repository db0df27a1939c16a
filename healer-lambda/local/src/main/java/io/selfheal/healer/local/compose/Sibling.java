package io.selfheal.healer.local.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container like another one of its service: the same configuration, image, limits, mounts and networks under the next number.
 *
 * @param model the one that it is to be like
 * @param key of the action that wants it
 */
record Sibling(Container model, int number, String key) {

    /** Why there can be none. */
    Optional<String> impossible() {
        String base = model.service() + "-" + model.number();
        if (!model.name().endsWith(base) && !model.name().endsWith(base.replace('-', '_'))) {
            return Optional.of(model.name() + " has a name of its own (container_name), which no second one can have");
        }
        for (JsonNode bindings : model.document().path("HostConfig").path("PortBindings")) {
            for (JsonNode binding : bindings) {
                String port = binding.path("HostPort").asText();
                if (!port.isEmpty() && !port.equals("0") && !port.contains("-")) {
                    return Optional.of(
                            model.name() + " publishes the host's port " + port + ", which no second one can have");
                }
            }
        }
        return Optional.empty();
    }

    String name() {
        String name = model.name();
        return name.substring(0, name.length() - String.valueOf(model.number()).length()) + number;
    }

    /** What the engine is to be told to create: in one network, older engines take no more. */
    ObjectNode body() {
        ObjectNode body = model.document().path("Config").deepCopy();
        // By its id: the name may mean a newer image by now.
        body.set("Image", model.document().path("Image"));
        if (body.path("Hostname").asText().equals(model.shortId())) {
            body.remove("Hostname");
        }
        ObjectNode labels = body.withObjectProperty("Labels");
        labels.put(Labels.NUMBER, String.valueOf(number));
        labels.put(Labels.MADE_BY, key);
        labels.remove(Labels.REPLACES);
        body.set("HostConfig", model.document().path("HostConfig"));
        networks().entrySet().stream().findFirst().ifPresent(first -> {
            ObjectNode endpoints = JsonTrees.object();
            endpoints.set(first.getKey(), first.getValue());
            body.set("NetworkingConfig", JsonTrees.object().set("EndpointsConfig", endpoints));
        });
        return body;
    }

    /** The ones that it is to be connected to after it was created. */
    Map<String, ObjectNode> furtherNetworks() {
        Map<String, ObjectNode> networks = networks();
        networks.keySet().stream().findFirst().ifPresent(networks::remove);
        return networks;
    }

    private Map<String, ObjectNode> networks() {
        Map<String, ObjectNode> networks = new LinkedHashMap<>();
        model.document()
                .path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(network -> networks.put(network.getKey(), endpoint(network.getValue())));
        return networks;
    }

    /** Without what is the model's alone: addresses, its id and its name. */
    private ObjectNode endpoint(JsonNode network) {
        ArrayNode aliases = JsonNodeFactory.instance.arrayNode();
        for (JsonNode alias : network.path("Aliases")) {
            if (!alias.asText().equals(model.shortId())) {
                aliases.add(alias.asText().equals(model.name()) ? name() : alias.asText());
            }
        }
        ObjectNode endpoint = JsonTrees.object();
        endpoint.set("Aliases", aliases);
        Stream.of("Links", "DriverOpts")
                .filter(network::hasNonNull)
                .forEach(field -> endpoint.set(field, network.path(field)));
        return endpoint;
    }
}
