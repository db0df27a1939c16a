package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.EnvironmentSettings.AccessKind;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationActionProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.FixedResponseOptions;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.IListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCondition;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.amazon.awscdk.services.elasticloadbalancingv2.TargetType;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.LoadBalancerTarget;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** The load balancer. It lets through the paths that are for customers; health, metrics, faults and modes are not. */
public final class FrontDoor extends Construct {
    /** Says which service's tasks a request to break one is for; only where things may be broken on purpose. */
    static final String FAULT_HEADER = "x-selfheal-service";

    public final ApplicationLoadBalancer balancer;
    private final ApplicationListener listener;
    private final EnvironmentSettings settings;
    private final NetworkStack network;
    private int priority;

    FrontDoor(Construct scope, EnvironmentSettings settings, NetworkStack network) {
        super(scope, "FrontDoor");
        this.settings = settings;
        this.network = network;
        boolean inside = settings.access().kind() == AccessKind.INTERNAL;
        SubnetType type = !inside
                ? SubnetType.PUBLIC
                : settings.network().nat() == 0 ? SubnetType.PRIVATE_ISOLATED : SubnetType.PRIVATE_WITH_EGRESS;
        balancer = ApplicationLoadBalancer.Builder.create(this, "Balancer")
                .vpc(network.vpc)
                .vpcSubnets(SubnetSelection.builder().subnetType(type).build())
                .internetFacing(!inside)
                .securityGroup(network.loadBalancer)
                .dropInvalidHeaderFields(true)
                .deletionProtection(settings.keep().data())
                .build();
        balancer.logAccessLogs(logs());
        listener = listener();
        CfnOutput.Builder.create(this, "Address")
                .value(balancer.getLoadBalancerDnsName())
                .description("Where the shop answers: /users, /products, /orders")
                .build();
    }

    /** Sends the paths of this service to a target group of its own. */
    ApplicationTargetGroup open(String service, List<String> paths) {
        ApplicationTargetGroup group = ApplicationTargetGroup.Builder.create(this, service)
                .vpc(network.vpc)
                .targetType(TargetType.IP)
                .protocol(ApplicationProtocol.HTTP)
                .port(NetworkStack.SERVICE_PORT)
                .deregistrationDelay(Duration.seconds(10))
                // Patient: a sick task is the healer's business first, and this the net below it.
                .healthCheck(HealthCheck.builder()
                        .path("/health/readiness")
                        .interval(Duration.seconds(15))
                        .timeout(Duration.seconds(5))
                        .healthyThresholdCount(2)
                        .unhealthyThresholdCount(8)
                        .build())
                .build();
        forward(service, group, List.of(ListenerCondition.pathPatterns(paths)));
        if (settings.chaos()) {
            forward(
                    service + "Faults",
                    group,
                    List.of(
                            ListenerCondition.pathPatterns(List.of("/faults", "/faults/*")),
                            ListenerCondition.httpHeader(FAULT_HEADER, List.of(service))));
        }
        return group;
    }

    private void forward(String id, ApplicationTargetGroup group, List<ListenerCondition> conditions) {
        priority += 10;
        listener.addAction(
                id,
                AddApplicationActionProps.builder()
                        .priority(priority)
                        .conditions(conditions)
                        .action(ListenerAction.forward(List.of(group)))
                        .build());
    }

    private ApplicationListener listener() {
        BaseApplicationListenerProps.Builder props = BaseApplicationListenerProps.builder()
                .open(false)
                .defaultAction(ListenerAction.fixedResponse(
                        404,
                        FixedResponseOptions.builder()
                                .contentType("application/problem+json")
                                .messageBody("{\"title\":\"Not Found\",\"status\":404}")
                                .build()));
        if (settings.access().kind() != AccessKind.HTTPS) {
            return balancer.addListener(
                    "Listener",
                    props.port(80).protocol(ApplicationProtocol.HTTP).build());
        }
        IHostedZone zone = HostedZone.fromHostedZoneAttributes(
                this,
                "Zone",
                HostedZoneAttributes.builder()
                        .hostedZoneId(settings.access().hostedZoneId())
                        .zoneName(settings.access().domain())
                        .build());
        ARecord.Builder.create(this, "Name")
                .zone(zone)
                .recordName(settings.access().domain())
                .target(RecordTarget.fromAlias(new LoadBalancerTarget(balancer)))
                .build();
        return balancer.addListener(
                "Listener",
                props.port(443)
                        .protocol(ApplicationProtocol.HTTPS)
                        .sslPolicy(SslPolicy.RECOMMENDED_TLS)
                        .certificates(List.of(certificate(zone)))
                        .build());
    }

    private IListenerCertificate certificate(IHostedZone zone) {
        return ListenerCertificate.fromCertificateManager(Certificate.Builder.create(this, "Certificate")
                .domainName(settings.access().domain())
                .validation(CertificateValidation.fromDns(zone))
                .build());
    }

    private Bucket logs() {
        boolean keep = settings.keep().data();
        Bucket bucket = Bucket.Builder.create(this, "Logs")
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(settings.keep().logDays()))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
                .removalPolicy(keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .autoDeleteObjects(!keep)
                .build();
        Nag.accept(bucket, "S1", "it is where access logs go; its own would go on for ever");
        return bucket;
    }
}
