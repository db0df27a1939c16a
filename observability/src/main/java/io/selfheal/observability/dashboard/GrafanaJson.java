package io.selfheal.observability.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dashboard as Grafana 13 reads it from a file: the classic schema, version 42. */
final class GrafanaJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 24;

    private int id;
    private int x;
    private int y;
    private int rowHeight;

    private GrafanaJson() {}

    static String of(Dashboard dashboard) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uid", dashboard.uid());
        json.put("title", dashboard.title());
        json.put("description", dashboard.about());
        json.put("tags", List.of("selfheal"));
        json.put("schemaVersion", 42);
        json.put("version", 1);
        json.put("editable", false);
        json.put("graphTooltip", 1);
        json.put("refresh", "10s");
        json.put("timezone", "browser");
        json.put("time", Map.of("from", "now-30m", "to", "now"));
        json.put("links", List.of(GrafanaFrame.links()));
        json.put("annotations", Map.of("list", List.of(GrafanaFrame.healerActions())));
        json.put("templating", Map.of("list", GrafanaFrame.variables(dashboard)));
        json.put("panels", new GrafanaJson().panels(dashboard));
        return print(json);
    }

    private List<Map<String, Object>> panels(Dashboard dashboard) {
        List<Map<String, Object>> panels = new ArrayList<>();
        for (Dashboard.Row row : dashboard.rows()) {
            newLine();
            Map<String, Object> head = panel("row", row.title(), WIDTH, 1);
            head.put("collapsed", false);
            head.put("panels", List.of());
            panels.add(head);
            row.panels().forEach(panel -> panels.add(panel(panel)));
        }
        return panels;
    }

    private Map<String, Object> panel(Panel panel) {
        Map<String, Object> json = panel(
                panel.kind().type(),
                panel.title(),
                panel.kind().width(),
                panel.kind().height());
        json.put("description", panel.means());
        json.put("datasource", GrafanaFrame.datasource(panel.kind().datasource()));
        json.put("fieldConfig", Map.of("defaults", Map.of("unit", panel.unit()), "overrides", List.of()));
        json.put("options", options(panel.kind()));
        List<Map<String, Object>> targets = new ArrayList<>();
        for (Query query : panel.queries()) {
            targets.add(target(panel.kind(), query, String.valueOf((char) ('A' + targets.size()))));
        }
        json.put("targets", targets);
        return json;
    }

    private static Map<String, Object> target(Panel.Kind kind, Query query, String refId) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("refId", refId);
        target.put("datasource", GrafanaFrame.datasource(kind.datasource()));
        target.put("editorMode", "code");
        target.put("expr", query.expression());
        target.put("legendFormat", query.legend());
        switch (kind) {
            case NUMBER, GAUGE -> target.put("instant", true);
            case TABLE -> {
                target.put("instant", true);
                target.put("format", "table");
            }
            case LINES -> target.put("range", true);
            case EXEMPLARS -> {
                target.put("range", true);
                target.put("exemplar", true);
            }
            case LOGS -> target.put("queryType", "range");
        }
        return target;
    }

    private static Map<String, Object> options(Panel.Kind kind) {
        return switch (kind) {
            case NUMBER, GAUGE ->
                Map.of("reduceOptions", Map.of("calcs", List.of("lastNotNull"), "fields", "", "values", false));
            case LINES, EXEMPLARS ->
                Map.of(
                        "legend", Map.of("displayMode", "list", "placement", "bottom", "showLegend", true),
                        "tooltip", Map.of("mode", "multi", "sort", "desc"));
            case TABLE -> Map.of("showHeader", true);
            case LOGS ->
                Map.of("showTime", true, "wrapLogMessage", true, "enableLogDetails", true, "sortOrder", "Descending");
        };
    }

    private Map<String, Object> panel(String type, String title, int width, int height) {
        if (x + width > WIDTH) {
            newLine();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", ++id);
        json.put("type", type);
        json.put("title", title);
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("x", x);
        place.put("y", y);
        place.put("w", width);
        place.put("h", height);
        json.put("gridPos", place);
        x += width;
        rowHeight = Math.max(rowHeight, height);
        return json;
    }

    private void newLine() {
        y += rowHeight;
        x = 0;
        rowHeight = 0;
    }

    private static String print(Map<String, Object> json) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        try {
            return JSON.writer(printer)
                            .with(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                            .writeValueAsString(json)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a dashboard cannot be written as JSON", e);
        }
    }
}
