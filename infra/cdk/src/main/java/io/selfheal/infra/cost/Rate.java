package io.selfheal.infra.cost;

/** What AWS asks for, in us-east-1, in US dollars. Where a rate was not read at a source of this year, it says so. */
enum Rate {
    FARGATE_VCPU_HOUR(0.03238, "Fargate on ARM, vantage.sh, read 2026-11"),
    FARGATE_GB_HOUR(0.00356, "Fargate on ARM, vantage.sh, read 2026-11"),
    /** A share, not a price. */
    SPOT_SAVING(0.70, "up to 70 %: aws.amazon.com/fargate/pricing, read 2026-11"),
    ALB_HOUR(0.0225, "awsnegotiations.com/elastic-load-balancer-cost.html, of 2026-05"),
    LCU_HOUR(0.008, "awsnegotiations.com/elastic-load-balancer-cost.html, of 2026-05"),
    NAT_HOUR(0.045, "cloudburn.io/blog/aws-nat-gateway-pricing, of 2026-02"),
    IPV4_HOUR(0.005, "cloudburn.io/blog/aws-nat-gateway-pricing, of 2026-02"),
    DB_T4G_MICRO_HOUR(0.016, "infratally.com/articles/aws-rds-pricing-explained-2026.html"),
    DB_GB_MONTH(0.115, "gp3, store-v2-khaki.vercel.app/rds-vs-aurora-cost-calculator.html, read 2026-11"),
    AURORA_ACU_HOUR(0.12, "store-v2-khaki.vercel.app/rds-vs-aurora-cost-calculator.html, read 2026-11"),
    LAMBDA_GB_SECOND(
            0.0000133334,
            "ARM, git.mcrn.ar/mariano/lambda_local_runner, docs/lambdas-md/lambda-13-cost.md, of 2026-05"),
    SNAPSTART_GB_SECOND(0.0000015046, "aws.amazon.com/lambda/pricing, cache of a snapshot, from memory"),
    KEY_MONTH(1.0, "aws.amazon.com/kms/pricing, read 2026-11; each yearly rotation adds as much"),
    SECRET_MONTH(0.40, "hivebook.wiki, aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms, read 2026-11"),
    ALARM_MONTH(0.10, "aws.amazon.com/cloudwatch/pricing, from memory"),
    METRIC_MONTH(0.30, "signoz.io/guides/cloudwatch-pricing, of 2026-02"),
    LOG_GB(0.50, "factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, of 2026-06");

    private final double dollars;
    private final String source;

    Rate(double dollars, String source) {
        this.dollars = dollars;
        this.source = source;
    }

    double dollars() {
        return dollars;
    }

    String source() {
        return source;
    }
}
