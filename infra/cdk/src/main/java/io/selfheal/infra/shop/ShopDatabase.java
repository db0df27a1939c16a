package io.selfheal.infra.shop;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.rds.AuroraPostgresClusterEngineProps;
import software.amazon.awscdk.services.rds.AuroraPostgresEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.IClusterEngine;
import software.amazon.awscdk.services.rds.IInstanceEngine;
import software.amazon.awscdk.services.rds.ParameterGroup;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.amazon.awscdk.services.rds.StorageType;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** PostgreSQL in subnets without a way out. The services share it, each with a user and a schema of its own: {@link ServiceUser}. */
final class ShopDatabase extends Construct {
    private static final String NAME = "shop";
    /** Connections are encrypted or refused. */
    private static final Map<String, String> PARAMETERS = Map.of("rds.force_ssl", "1");

    final String jdbcUrl;
    /** The administrator's. No service has them. */
    final ISecret credentials;

    private final EnvironmentSettings settings;
    private final NetworkStack network;

    ShopDatabase(Construct scope, EnvironmentSettings settings, NetworkStack network) {
        super(scope, "Database");
        this.settings = settings;
        this.network = network;
        String address;
        switch (settings.database()) {
            case INSTANCE -> {
                DatabaseInstance instance = instance();
                address = instance.getDbInstanceEndpointAddress();
                credentials = present(instance.getSecret());
                Nag.accept(instance, "RDS3", "one zone is enough where nothing of value is kept");
                Nag.accept(instance, "RDS10", "what is in it goes with the environment, see docs/aws.md");
                acceptForBoth(instance);
            }
            case AURORA -> {
                DatabaseCluster cluster = aurora();
                address = cluster.getClusterEndpoint().getHostname();
                credentials = present(cluster.getSecret());
                acceptForBoth(cluster);
            }
            default -> throw new IllegalStateException();
        }
        jdbcUrl = "jdbc:postgresql://" + address + ":" + NetworkStack.DATABASE_PORT + "/" + NAME + "?sslmode=require";
    }

    private static void acceptForBoth(IConstruct database) {
        Nag.accept(database, "RDS6", "the services' driver signs in with a password, which is in Secrets Manager");
        Nag.accept(database, "RDS11", "a port that nobody can reach is not hidden by another number");
        Nag.accept(
                database, "SMG4", "read once at a task's start: a new value takes a new deployment, see docs/aws.md");
    }

    private DatabaseInstance instance() {
        IInstanceEngine engine = DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder()
                .version(PostgresEngineVersion.VER_17)
                .build());
        return DatabaseInstance.Builder.create(this, "Instance")
                .engine(engine)
                .parameterGroup(ParameterGroup.Builder.create(this, "Parameters")
                        .engine(engine)
                        .parameters(PARAMETERS)
                        .build())
                .instanceType(InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO))
                .vpc(network.vpc)
                .vpcSubnets(isolated())
                .securityGroups(List.of(network.database))
                .databaseName(NAME)
                .credentials(Credentials.fromGeneratedSecret(NAME))
                .allocatedStorage(20)
                .storageType(StorageType.GP3)
                .storageEncrypted(true)
                .publiclyAccessible(false)
                .backupRetention(Duration.days(settings.keep().data() ? 14 : 1))
                .deleteAutomatedBackups(!settings.keep().data())
                .deletionProtection(settings.keep().data())
                .autoMinorVersionUpgrade(true)
                .cloudwatchLogsExports(List.of("postgresql"))
                .removalPolicy(removal())
                .build();
    }

    private DatabaseCluster aurora() {
        IClusterEngine engine = DatabaseClusterEngine.auroraPostgres(AuroraPostgresClusterEngineProps.builder()
                .version(AuroraPostgresEngineVersion.VER_16_6)
                .build());
        ServerlessV2ClusterInstanceProps inStep =
                ServerlessV2ClusterInstanceProps.builder().scaleWithWriter(true).build();
        return DatabaseCluster.Builder.create(this, "Aurora")
                .engine(engine)
                .parameterGroup(ParameterGroup.Builder.create(this, "Parameters")
                        .engine(engine)
                        .parameters(PARAMETERS)
                        .build())
                .writer(ClusterInstance.serverlessV2("Writer"))
                .readers(List.of(ClusterInstance.serverlessV2("Standby", inStep)))
                .serverlessV2MinCapacity(0.5)
                .serverlessV2MaxCapacity(8)
                .vpc(network.vpc)
                .vpcSubnets(isolated())
                .securityGroups(List.of(network.database))
                .defaultDatabaseName(NAME)
                .credentials(Credentials.fromGeneratedSecret(NAME))
                .storageEncrypted(true)
                .backup(BackupProps.builder().retention(Duration.days(14)).build())
                .deletionProtection(settings.keep().data())
                .cloudwatchLogsExports(List.of("postgresql"))
                .removalPolicy(removal())
                .build();
    }

    private RemovalPolicy removal() {
        return settings.keep().data() ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY;
    }

    private static SubnetSelection isolated() {
        return SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build();
    }

    private static ISecret present(@org.jspecify.annotations.Nullable ISecret secret) {
        if (secret == null) {
            throw new IllegalStateException("the database has generated credentials");
        }
        return secret;
    }
}
