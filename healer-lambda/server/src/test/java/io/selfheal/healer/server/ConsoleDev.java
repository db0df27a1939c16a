package io.selfheal.healer.server;

import io.selfheal.healer.server.browser.Chromium;
import io.selfheal.healer.server.browser.Tab;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.nio.file.*;
import java.util.*;

public final class ConsoleDev {
    public static void main(String[] a) throws Exception {
        try (RunningHealer healer = RunningHealer.with(Map.of("test.paper", "true", "healer.links.trace", "http://127.0.0.1:16686/trace/{trace}"));
             Chromium browser = Chromium.start(Chromium.installed().orElseThrow(), Files.createTempDirectory("cr"));
             Tab tab = browser.open()) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            for (String s : List.of("order","product","user","basket")) fleet.service(s, 3);
            System.out.println(healer.get("/now").body());
            tab.size(1440, 900, false); tab.prefer("light");
            tab.visit(healer.uri("/"));
            Thread.sleep(3000);
            System.out.println(tab.text("body"));
            System.out.println(tab.complaints());
            tab.picture(Path.of("/tmp/selfheal/w-console-x/now.png"));
            var victim = fleet.tasksOf(new io.selfheal.healer.fleet.ServiceId("selfheal","order")).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing("order", victim.arn()));
            var i = healer.awaitIncident("order", "RESOLVED");
            System.out.println(i);
            tab.visit(healer.uri("/#/incident/" + i.path("id").asText()));
            Thread.sleep(2500);
            tab.picture(Path.of("/tmp/selfheal/w-console-x/incident.png"));
            for (String v : List.of("incidents","why?service=order","policies","controls")) {
              tab.visit(healer.uri("/#/" + v)); Thread.sleep(1500);
              tab.picture(Path.of("/tmp/selfheal/w-console-x/" + v.replaceAll("\\W.*","") + ".png"));
            }
            System.out.println(tab.complaints());
        }
    }
}
