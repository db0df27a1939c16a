package io.selfheal.observability.capacity;

import java.util.List;

/**
 * Gunther's universal scalability law: X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)).
 *
 * @param lambda requests a second of one user alone
 * @param sigma what has to wait in line (contention), as a share
 * @param kappa what has to be agreed upon with all others (coherence)
 */
record ScalabilityLaw(double lambda, double sigma, double kappa) {

    /** What was measured at one step: so many users at once, so many answers a second. */
    record Step(int users, double throughput) {}

    /**
     * Least squares of (lambda N / X - 1) / (N - 1) = sigma + kappa N, with lambda from the step of one user. Below 0 is
     * noise and counts as 0.
     */
    static ScalabilityLaw fit(List<Step> steps) {
        List<Step> more = steps.stream().filter(step -> step.users() > 1).toList();
        if (steps.isEmpty() || steps.getFirst().users() != 1 || more.size() < 3) {
            throw new IllegalArgumentException(
                    "a fit needs a first step of one user and three steps of more, has " + steps);
        }
        double lambda = steps.getFirst().throughput();
        double meanN = more.stream().mapToDouble(Step::users).average().orElseThrow();
        double meanY =
                more.stream().mapToDouble(step -> lost(lambda, step)).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (Step step : more) {
            above += (step.users() - meanN) * (lost(lambda, step) - meanY);
            below += (step.users() - meanN) * (step.users() - meanN);
        }
        double kappa = Math.max(0, above / below);
        return new ScalabilityLaw(lambda, Math.max(0, meanY - kappa * meanN), kappa);
    }

    double throughput(double users) {
        return lambda * users / (1 + sigma * (users - 1) + kappa * users * (users - 1));
    }

    /** How many users at once get the most out of it; infinite where nothing has to be agreed upon. */
    double best() {
        return Math.sqrt((1 - sigma) / kappa);
    }

    /** The most that can be got out of it, with however many users; infinite where nothing holds them up. */
    double peak() {
        return kappa > 0 ? throughput(best()) : lambda / sigma;
    }

    private static double lost(double lambda, Step step) {
        return (lambda * step.users() / step.throughput() - 1) / (step.users() - 1);
    }
}
