package io.selfheal.healer.simulation;

/** The policies of the worlds: one service for each kind, so that what governs a service is known without asking the engine. */
final class WorldPolicies {
    static final String HEAD = """
            version: 1
            name: simulation
            storm: {services: 3, window: PT6S, hold: PT20S}
            flap: {flips: 1000, window: PT1M, quarantine: PT1M}
            policies:
            """;

    /** What is done goes by the tasks and their health alone. */
    static final String BY_TASKS = HEAD + """
              - name: order
                match: ['service_name="order"', 'alertname!="Stray"']
                ladder: [restart-task, redeploy, escalate]
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 2, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: stock
                match: ['service_name="stock"', 'alertname!="Stray"']
                ladder: [restart-task, redeploy, escalate]
                mode: act
                confirm: probe
                cooldown: PT20S
                budgets: [{scope: target, limit: 1, window: PT6M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {count: 1}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: pay
                match: ['service_name="pay"', 'alertname!="Stray"']
                ladder: [surge-restart, escalate]
                surge: {within: PT40S}
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 60}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT4S, deadline: PT20S}
                warmUp: PT30S
                lease: PT15S
              - name: mail
                match: ['service_name="mail"', 'alertname!="Stray"']
                ladder: [restart-task, redeploy, escalate]
                mode: shadow
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: web
                match: ['service_name="web"', 'alertname!="Stray"']
                ladder: [scale-out, redeploy, escalate]
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 0}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
                scaleOut: {add: 2, ceiling: 3, returnAfter: PT2M}
            """;

    /** What is done goes by the cause, as far as the evidence tells. */
    static final String BY_CAUSE = HEAD + """
              - name: order
                match: ['service_name="order"', 'alertname!="Stray"']
                ladder: [roll-back, degrade, restart-task, redeploy, escalate]
                degrade: {lasting: PT30S}
                release: {suspectFor: PT90S}
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: stock
                match: ['service_name="stock"', 'alertname!="Stray"']
                ladder: [shed, shift-traffic, redeploy, escalate]
                shed: {admitPercent: 50, lasting: PT25S, retryPercent: 30}
                shift: {keepFor: PT35S}
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: pay
                match: ['service_name="pay"', 'alertname!="Stray"']
                ladder: [roll-back, shift-traffic, escalate]
                shift: {keepFor: PT70S}
                release: {suspectFor: PT45S}
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 60}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT4S, deadline: PT20S}
                warmUp: PT30S
                lease: PT15S
              - name: mail
                match: ['service_name="mail"', 'alertname!="Stray"']
                ladder: [roll-back, degrade, shift-traffic, escalate]
                mode: shadow
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: web
                match: ['service_name="web"', 'alertname!="Stray"']
                ladder: [degrade, shed, restart-task, scale-out, escalate]
                degrade: {lasting: PT60S}
                shed: {admitPercent: 60, lasting: PT30S, retryPercent: 40}
                requires: [calls]
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 0}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
                scaleOut: {add: 1, ceiling: 3, returnAfter: PT2M}
            """;

    static final String CALLS = "calls: {web: [order], order: [stock, pay], mail: [web]}\n";

    private WorldPolicies() {}

    static String of(Weather weather) {
        String policies = weather.byCause() ? BY_CAUSE : BY_TASKS;
        return weather.calling() ? policies + CALLS : policies;
    }
}
