package io.selfheal.infra.network;

import io.selfheal.infra.config.EnvironmentSettings;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The VPC, and who may speak to whom in it. */
public final class NetworkStack extends Stack {
    public static final int SERVICE_PORT = 8080;
    public static final int HEALER_PORT = 7070;
    public static final int DATABASE_PORT = 5432;

    public final Vpc vpc;
    /** The tasks of the shop. */
    public final SecurityGroup services;

    public final SecurityGroup healer;
    /** What hands signals to a healer that is a container. */
    public final SecurityGroup courier;

    public final SecurityGroup loadBalancer;
    public final SecurityGroup database;
    /** Where tasks stand. */
    public final SubnetSelection tasks;

    private final EnvironmentSettings settings;

    public NetworkStack(Construct stage, EnvironmentSettings settings) {
        super(stage, "Network");
        this.settings = settings;
        tasks = SubnetSelection.builder()
                .subnetType(settings.network().nat() == 0 ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS)
                .build();
        vpc = vpc();
        services = group("Services", "Tasks of the shop");
        healer = group("Healer", "The healer");
        courier = group("Courier", "Hands signals to the healer");
        loadBalancer = group("LoadBalancer", "The load balancer");
        database = group("Database", "The database of the shop");
        letIn();
        flowLogs();
    }

    /** Zones are chosen by CloudFormation: with a concrete account the CDK would look them up, which needs credentials. */
    @Override
    public List<String> getAvailabilityZones() {
        List<String> zones = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            zones.add(Fn.select(i, Fn.getAzs()));
        }
        return zones;
    }

    private Vpc vpc() {
        List<SubnetConfiguration> subnets = new ArrayList<>();
        subnets.add(subnets("Public", SubnetType.PUBLIC));
        if (settings.network().nat() > 0) {
            subnets.add(subnets("Private", SubnetType.PRIVATE_WITH_EGRESS));
        }
        subnets.add(subnets("Isolated", SubnetType.PRIVATE_ISOLATED));
        Vpc made = Vpc.Builder.create(this, "Vpc")
                .ipAddresses(IpAddresses.cidr(settings.network().cidr()))
                .maxAzs(settings.network().zones())
                .natGateways(settings.network().nat())
                .subnetConfiguration(subnets)
                .restrictDefaultSecurityGroup(false)
                .build();
        made.addGatewayEndpoint("S3", endpoint(GatewayVpcEndpointAwsService.S3));
        made.addGatewayEndpoint("DynamoDb", endpoint(GatewayVpcEndpointAwsService.DYNAMODB));
        return made;
    }

    private static SubnetConfiguration subnets(String name, SubnetType type) {
        return SubnetConfiguration.builder()
                .name(name)
                .subnetType(type)
                .cidrMask(20)
                .mapPublicIpOnLaunch(type == SubnetType.PUBLIC ? false : null)
                .build();
    }

    private static GatewayVpcEndpointOptions endpoint(GatewayVpcEndpointAwsService service) {
        return GatewayVpcEndpointOptions.builder().service(service).build();
    }

    private SecurityGroup group(String id, String what) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(vpc)
                .description(what)
                .allowAllOutbound(true)
                .build();
    }

    private void letIn() {
        services.addIngressRule(loadBalancer, Port.tcp(SERVICE_PORT), "requests of users");
        services.addIngressRule(services, Port.allTcp(), "calls of one another, through Service Connect");
        services.addIngressRule(healer, Port.tcp(SERVICE_PORT), "the healer asks how they are");
        healer.addIngressRule(courier, Port.tcp(HEALER_PORT), "signals");
        database.addIngressRule(services, Port.tcp(DATABASE_PORT), "the shop's tasks");
        int port = settings.access().kind() == EnvironmentSettings.AccessKind.HTTPS ? 443 : 80;
        switch (settings.access().kind()) {
            case INTERNAL ->
                loadBalancer.addIngressRule(
                        Peer.ipv4(settings.network().cidr()), Port.tcp(port), "from inside the network");
            case HTTP, HTTPS ->
                settings.access()
                        .allowFrom()
                        .forEach(range -> loadBalancer.addIngressRule(Peer.ipv4(range), Port.tcp(port), "users"));
        }
    }

    private void flowLogs() {
        LogGroup group = LogGroup.Builder.create(this, "FlowLogs")
                .retention(retention(settings.keep().logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        vpc.addFlowLog(
                "Flow",
                FlowLogOptions.builder()
                        .destination(FlowLogDestination.toCloudWatchLogs(group))
                        .trafficType(FlowLogTrafficType.REJECT)
                        .build());
    }

    /** The CDK's word for so many days. */
    public static RetentionDays retention(int days) {
        return switch (days) {
            case 1 -> RetentionDays.ONE_DAY;
            case 3 -> RetentionDays.THREE_DAYS;
            case 5 -> RetentionDays.FIVE_DAYS;
            case 7 -> RetentionDays.ONE_WEEK;
            case 14 -> RetentionDays.TWO_WEEKS;
            case 30 -> RetentionDays.ONE_MONTH;
            case 60 -> RetentionDays.TWO_MONTHS;
            case 90 -> RetentionDays.THREE_MONTHS;
            case 180 -> RetentionDays.SIX_MONTHS;
            case 365 -> RetentionDays.ONE_YEAR;
            default -> throw new IllegalArgumentException("no retention of " + days + " days");
        };
    }
}
