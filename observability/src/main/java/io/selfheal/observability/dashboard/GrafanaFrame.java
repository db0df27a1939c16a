package io.selfheal.observability.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is about the panels: what can be chosen above them, links to the other dashboards, and the healer's marks. */
final class GrafanaFrame {
    private GrafanaFrame() {}

    static List<Map<String, Object>> variables(Dashboard dashboard) {
        List<Map<String, Object>> variables = new ArrayList<>();
        if (dashboard.perService()) {
            String query = "label_values(app_ready, service_name)";
            Map<String, Object> service = variable("query", "service", "Service");
            service.put("datasource", datasource("prometheus"));
            service.put("definition", query);
            service.put("query", Map.of("query", query, "refId", "service"));
            service.put("refresh", 2);
            service.put("sort", 1);
            variables.add(service);
        }
        for (Dashboard.Constant constant : dashboard.constants()) {
            Map<String, Object> text = variable("textbox", constant.name(), constant.label());
            text.put("query", constant.value());
            text.put("current", Map.of("text", constant.value(), "value", constant.value()));
            variables.add(text);
        }
        return variables;
    }

    private static Map<String, Object> variable(String type, String name, String label) {
        Map<String, Object> variable = new LinkedHashMap<>();
        variable.put("type", type);
        variable.put("name", name);
        variable.put("label", label);
        return variable;
    }

    /** All dashboards of this repository in a menu, with time and service kept. */
    static Map<String, Object> links() {
        return new LinkedHashMap<>(Map.of(
                "title",
                "Selfheal",
                "type",
                "dashboards",
                "tags",
                List.of("selfheal"),
                "asDropdown",
                true,
                "includeVars",
                true,
                "keepTime",
                true));
    }

    /** The healer writes one annotation for each action, with this tag. */
    static Map<String, Object> healerActions() {
        return new LinkedHashMap<>(Map.of(
                "name",
                "What the healer did",
                "enable",
                true,
                "iconColor",
                "purple",
                "datasource",
                Map.of("type", "grafana", "uid", "-- Grafana --"),
                "target",
                Map.of("type", "tags", "tags", List.of("selfheal"), "limit", 100, "matchAny", false)));
    }

    static Map<String, Object> datasource(String uid) {
        Map<String, Object> datasource = new LinkedHashMap<>();
        datasource.put("type", uid);
        datasource.put("uid", uid);
        return datasource;
    }
}
