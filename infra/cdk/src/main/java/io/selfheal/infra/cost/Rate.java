package io.selfheal.infra.cost;

/** What AWS asks for, in us-east-1, in US dollars. Where a rate was not read at a source of this year, it says so. */
enum Rate {
    FARGATE_VCPU_HOUR(0.03238, "Fargate on ARM, vantage.sh, read 2026-11"),
    FARGATE_GB_HOUR(0.00356, "Fargate on ARM, vantage.sh, read 2026-11"),
    /** A share, not a price. */
    SPOT_SAVING(0.70, "up to 70 %: aws.amazon.com/fargate/pricing, read 2026-11"),
    ALB_HOUR(0.0225, "aws.amazon.com/elasticloadbalancing/pricing, from memory"),
    LCU_HOUR(0.008, "aws.amazon.com/elasticloadbalancing/pricing, from memory"),
    NAT_HOUR(0.045, "aws.amazon.com/vpc/pricing, from memory"),
    IPV4_HOUR(0.005, "aws.amazon.com/vpc/pricing, from memory"),
    DB_T4G_MICRO_HOUR(0.016, "aws.amazon.com/rds/postgresql/pricing, from memory"),
    DB_GB_MONTH(0.115, "aws.amazon.com/rds/postgresql/pricing, gp3, from memory"),
    AURORA_ACU_HOUR(0.12, "aws.amazon.com/rds/aurora/pricing, from memory"),
    LAMBDA_GB_SECOND(0.0000133334, "aws.amazon.com/lambda/pricing, ARM, from memory"),
    SNAPSTART_GB_SECOND(0.0000015046, "aws.amazon.com/lambda/pricing, cache of a snapshot, from memory"),
    KEY_MONTH(1.0, "aws.amazon.com/kms/pricing, from memory"),
    SECRET_MONTH(0.40, "aws.amazon.com/secrets-manager/pricing, from memory"),
    ALARM_MONTH(0.10, "aws.amazon.com/cloudwatch/pricing, from memory"),
    METRIC_MONTH(0.30, "aws.amazon.com/cloudwatch/pricing, from memory"),
    LOG_GB(0.50, "aws.amazon.com/cloudwatch/pricing, from memory");

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
