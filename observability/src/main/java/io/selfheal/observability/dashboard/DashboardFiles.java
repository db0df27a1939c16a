package io.selfheal.observability.dashboard;

import io.selfheal.observability.slo.SloFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All dashboards, as the files that Grafana reads. */
public final class DashboardFiles {
    private DashboardFiles() {}

    /** File name to content. */
    public static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        all().forEach(dashboard ->
                files.put(dashboard.uid().replace("selfheal-", "") + ".json", GrafanaJson.of(dashboard)));
        return files;
    }

    static List<Dashboard> all() {
        return List.of(
                OverviewBoard.overview(),
                ServiceBoard.service(),
                PromiseBoards.slo(SloFiles.names()),
                HealerBoard.healer(),
                CapacityBoard.capacity(),
                CostBoard.cost(),
                PromiseBoards.anomalies(),
                StackBoard.stack());
    }
}
