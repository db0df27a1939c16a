package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.rehearsal.Facts;
import io.selfheal.healer.rehearsal.InvalidInputException;
import io.selfheal.healer.rehearsal.WhatIf;
import io.selfheal.healer.server.config.HealerConfiguration;

/** Says what would happen for an alert under the policies that are loaded: the command explain, asked of the running healer. */
@Controller("/policies")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExplainController {

    private final Policies policies;
    private final String cluster;

    ExplainController(Policies policies, HealerConfiguration configuration) {
        this.policies = policies;
        this.cluster = configuration.cluster();
    }

    /**
     * Explains step by step what would be decided for an alert, on paper: nothing is done, nothing is kept, and what it assumes
     * of the services it says.
     *
     * @param alert as any sender writes it, or one line of a recorded history
     * @return the explanation, a text
     */
    @Post("/explain")
    Explained explain(@Body String alert) {
        WhatIf whatIf = new WhatIf(policies, Facts.assumed());
        try {
            return new Explained(whatIf.explain(whatIf.alerts("alert", alert, cluster)));
        } catch (InvalidInputException e) {
            throw RequestRefusedException.unprocessable(String.valueOf(e.getMessage()));
        }
    }

    /** What would happen, in lines. */
    @Serdeable
    record Explained(String text) {}
}
