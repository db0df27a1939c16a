package io.selfheal.healer.lambda.config;

import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.local.telemetry.GrafanaSettings;
import io.selfheal.healer.local.telemetry.OtlpSettings;
import io.selfheal.healer.policy.Policies;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The function's settings. They bear the names that the server's have; {@link Settings} reads them.
 *
 * @param table of the DynamoDB store
 * @param factsTimeout how long taking signals in may wait for facts before they are decided on later in the same invocation
 */
public record Configuration(
        String cluster,
        Policies policies,
        String table,
        Rules rules,
        Duration factsTimeout,
        Probe probe,
        Sources sources,
        Doors doors,
        Notices notices,
        Queues queues) {

    /** For the log: neither secrets nor all of the policies. */
    @Override
    public String toString() {
        return "cluster=" + cluster + ", policies=" + policies.label() + ", table=" + table + ", " + sources + ", "
                + doors + ", " + notices + ", " + queues;
    }

    /** How tasks are asked how they are. */
    public record Probe(String path, Duration timeout) {}

    /**
     * Who else is asked.
     *
     * @param window what counts as lately for evidence
     * @param namespace of the tasks' metrics in CloudWatch; empty: they are not asked for
     * @param period of a data point of them
     * @param modesToken the {@code MODES_TOKEN} of the services' tasks; empty: they cannot be told to degrade or to shed
     */
    public record Sources(
            Optional<URI> prometheus,
            Duration window,
            Optional<URI> loki,
            Optional<URI> alertmanager,
            String modesToken,
            String namespace,
            Duration period) {

        @Override
        public String toString() {
            return "Sources[prometheus=" + prometheus + ", loki=" + loki + ", alertmanager=" + alertmanager
                    + ", cloudwatch=" + namespace + "]";
        }
    }

    /**
     * Who may send over HTTP.
     *
     * @param topics ARNs of SNS topics; empty: none
     * @param authorities file of certificates that signing certificates may lead to, besides the platform's; empty: none
     * @param token of everybody else; empty: nobody else may
     */
    public record Doors(Set<String> topics, boolean versionOne, String authorities, String token) {
        public Doors {
            topics = Set.copyOf(topics);
        }

        @Override
        public String toString() {
            return "Doors[topics=" + topics + "]";
        }
    }

    /**
     * Who is told.
     *
     * @param topic ARN of an SNS topic; empty: none
     * @param approvalKey signs the links by which people approve; empty: nobody can
     * @param traces where the trace of each incident goes; empty: nowhere
     * @param grafana in whose dashboards actions are drawn; empty: in none
     */
    public record Notices(
            Optional<URI> webhook,
            String topic,
            String approvalKey,
            String publicUrl,
            Optional<OtlpSettings> traces,
            Optional<GrafanaSettings> grafana) {
        @Override
        public String toString() {
            return "Notices[webhook=" + webhook + ", topic=" + topic + ", publicUrl=" + publicUrl + ", traces="
                    + traces.map(OtlpSettings::traces) + ", grafana=" + grafana.map(GrafanaSettings::url) + "]";
        }
    }

    /** URLs of SQS queues; empty: none. */
    public record Queues(String wakeUps, String deadLetters) {
        @Override
        public String toString() {
            return "Queues[wakeUps=" + wakeUps + ", deadLetters=" + deadLetters + "]";
        }
    }
}
