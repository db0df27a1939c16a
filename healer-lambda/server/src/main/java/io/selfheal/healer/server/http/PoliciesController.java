package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.policy.AlarmMapping;
import io.selfheal.healer.policy.FlapBreaker;
import io.selfheal.healer.policy.HealthyFloor;
import io.selfheal.healer.policy.MaintenanceWindow;
import io.selfheal.healer.policy.MaintenanceWindow.Times;
import io.selfheal.healer.policy.Means;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Rung;
import io.selfheal.healer.policy.StormBreaker;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows the rules that the healer goes by. */
@Controller("/policies")
final class PoliciesController {

    private final PoliciesView view;

    PoliciesController(Policies policies) {
        view = PoliciesView.of(policies);
    }

    /**
     * Shows the policies in force, in the order in which they are asked; the first that matches an alert governs it.
     *
     * @return the policies as they were read at the start, defaults filled in
     */
    @Get
    PoliciesView policies() {
        return view;
    }

    /** All policies of the file. */
    @Serdeable
    record PoliciesView(
            String name,
            String version,
            StormView storm,
            FlapView flap,
            Map<String, Set<String>> calls,
            List<WindowView> windows,
            List<AlarmView> alarms,
            List<PolicyView> policies) {
        static PoliciesView of(Policies policies) {
            return new PoliciesView(
                    policies.name(),
                    policies.version(),
                    StormView.of(policies.storm()),
                    FlapView.of(policies.flap()),
                    policies.calls(),
                    policies.windows().stream().map(WindowView::of).toList(),
                    policies.alarms().stream().map(AlarmView::of).toList(),
                    policies.policies().stream().map(PolicyView::of).toList());
        }
    }

    /** So many services within the window are a storm, in which nothing is begun until the hold is over, or a person says so. */
    @Serdeable
    record StormView(int services, String window, String hold, String rearm) {
        static StormView of(StormBreaker storm) {
            return new StormView(
                    storm.services(),
                    text(storm.window()),
                    text(storm.hold()),
                    storm.rearm().name().toLowerCase(Locale.ROOT));
        }
    }

    /** After so many changes between ill and well within the window, a service is left alone. */
    @Serdeable
    record FlapView(int flips, String window, String quarantine) {
        static FlapView of(FlapBreaker flap) {
            return new FlapView(flap.flips(), text(flap.window()), text(flap.quarantine()));
        }
    }

    /** A time in which nothing new is begun: with a zone it comes again, without one it is there once. */
    @Serdeable
    record WindowView(
            String name,
            Set<String> services,
            List<String> days,
            List<String> dates,
            String from,
            String to,
            @Nullable String zone) {
        static WindowView of(MaintenanceWindow window) {
            return switch (window.times()) {
                case Times.Once(Instant from, Instant to) ->
                    new WindowView(
                            window.name(),
                            window.services(),
                            List.of(),
                            List.of(),
                            from.toString(),
                            to.toString(),
                            null);
                case Times.Local local ->
                    new WindowView(
                            window.name(),
                            window.services(),
                            local.days().stream().sorted().map(WindowView::word).toList(),
                            local.dates().stream()
                                    .sorted()
                                    .map(Object::toString)
                                    .toList(),
                            local.from().toString(),
                            local.to().toString(),
                            local.zone().toString());
            };
        }

        private static String word(DayOfWeek day) {
            return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
        }
    }

    /** What the CloudWatch alarms that match are about; what is null the alarm says itself. */
    @Serdeable
    record AlarmView(
            List<String> match,
            @Nullable String service,
            @Nullable String cluster,
            Map<String, String> labels) {
        static AlarmView of(AlarmMapping mapping) {
            return new AlarmView(
                    mapping.match().stream().map(Object::toString).toList(),
                    mapping.service().orElse(null),
                    mapping.cluster().orElse(null),
                    mapping.labels());
        }
    }

    /** One policy; times are ISO-8601 durations. */
    @Serdeable
    record PolicyView(
            String name,
            List<String> match,
            List<String> ladder,
            String mode,
            String confirm,
            String warmUp,
            String cooldown,
            List<BudgetView> budgets,
            FloorView healthyFloor,
            StrikesView strikes,
            VerificationView verification,
            String lease,
            List<String> approval,
            String approvalExpiry,
            @Nullable ScaleOutView scaleOut,
            MeansView means,
            List<String> requires) {
        static PolicyView of(Policy policy) {
            return new PolicyView(
                    policy.name(),
                    policy.match().stream().map(Object::toString).toList(),
                    policy.ladder().stream().map(Rung::word).toList(),
                    policy.mode().name().toLowerCase(Locale.ROOT),
                    policy.confirm().name().toLowerCase(Locale.ROOT),
                    policy.warmUp().toString(),
                    policy.cooldown().toString(),
                    policy.budgets().stream().map(BudgetView::of).toList(),
                    FloorView.of(policy.healthyFloor()),
                    StrikesView.of(policy.strikes()),
                    VerificationView.of(policy.verification()),
                    policy.lease().toString(),
                    policy.approval().stream().map(Rung::word).sorted().toList(),
                    policy.approvalExpiry().toString(),
                    policy.scaleOut().map(ScaleOutView::of).orElse(null),
                    MeansView.of(policy.means()),
                    policy.requires().stream().map(Evidence.Part::word).sorted().toList());
        }
    }

    /** At most so many actions within the window. */
    @Serdeable
    record BudgetView(String scope, int limit, String window) {
        static BudgetView of(Policy.Budget budget) {
            return new BudgetView(
                    budget.scope().name().toLowerCase(Locale.ROOT), budget.limit(), text(budget.window()));
        }
    }

    /** How many tasks have to be healthy besides the one acted on: one of the two is given. */
    @Serdeable
    record FloorView(@Nullable Integer percent, @Nullable Integer count) {
        static FloorView of(HealthyFloor floor) {
            return switch (floor) {
                case HealthyFloor.Percent(int percent) -> new FloorView(percent, null);
                case HealthyFloor.Count(int count) -> new FloorView(null, count);
            };
        }
    }

    /** After so many actions that did not help, the service is left alone. */
    @Serdeable
    record StrikesView(int limit, String window, String quarantine) {
        static StrikesView of(Policy.Strikes strikes) {
            return new StrikesView(strikes.limit(), text(strikes.window()), text(strikes.quarantine()));
        }
    }

    /** When an action counts as having helped. */
    @Serdeable
    record VerificationView(String stabilisation, String deadline) {
        static VerificationView of(Policy.Verification verification) {
            return new VerificationView(text(verification.stabilisation()), text(verification.deadline()));
        }
    }

    /** How far a service may be scaled out, and when that is undone. */
    @Serdeable
    record ScaleOutView(int add, int ceiling, String returnAfter) {
        static ScaleOutView of(Policy.ScaleOutLimits limits) {
            return new ScaleOutView(limits.add(), limits.ceiling(), text(limits.returnAfter()));
        }
    }

    /** How the other actions are meant, whether the ladder has them or not. */
    @Serdeable
    record MeansView(
            String surgeWithin,
            String keepFor,
            String degradeFor,
            int shedAdmitPercent,
            String shedFor,
            int retryPercent,
            String suspectRelease) {
        static MeansView of(Means means) {
            return new MeansView(
                    text(means.surgeWithin()),
                    text(means.keepFor()),
                    text(means.degradeFor()),
                    means.shedding().admitPercent(),
                    text(means.shedding().lasting()),
                    means.shedding().retryPercent(),
                    text(means.suspectRelease()));
        }
    }

    private static String text(Duration duration) {
        return duration.toString();
    }
}
