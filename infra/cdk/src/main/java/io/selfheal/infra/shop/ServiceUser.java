package io.selfheal.infra.shop;

import io.selfheal.infra.nag.Nag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerDependency;
import software.amazon.awscdk.services.ecs.ContainerDependencyCondition;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * A service's own user of the database, with a password of its own. Nobody has to go to the database to make it: a container of the
 * same image does, before the service starts, and it alone is given the administrator's password.
 */
final class ServiceUser extends Construct {
    private static final String MAKES_IT = "io.selfheal.shop.kit.database.OwnUser";

    private final String service;
    private final ShopDatabase database;
    private final software.amazon.awscdk.services.secretsmanager.Secret own;

    ServiceUser(Construct scope, String service, ShopDatabase database) {
        super(scope, "DatabaseUser");
        this.service = service;
        this.database = database;
        own = software.amazon.awscdk.services.secretsmanager.Secret.Builder.create(this, "Secret")
                .description("Selfheal: the database's user of " + service)
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate("{\"username\":\"" + service + "\"}")
                        .generateStringKey("password")
                        .passwordLength(40)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Nag.accept(own, "SMG4", "set in the database at each start of a task: a new value takes a new deployment");
    }

    Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        secrets.put("JDBC_USER", Secret.fromSecretsManager(own, "username"));
        secrets.put("JDBC_PASSWORD", Secret.fromSecretsManager(own, "password"));
        return secrets;
    }

    /** The program waits until its user is there; a task whose user cannot be made is given up, and ECS tries another. */
    void before(ContainerDefinition program, FargateTaskDefinition task, ContainerImage image, LogDriver logs) {
        Map<String, Secret> secrets = secrets();
        secrets.put("ADMIN_USER", Secret.fromSecretsManager(database.credentials, "username"));
        secrets.put("ADMIN_PASSWORD", Secret.fromSecretsManager(database.credentials, "password"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JDBC_URL", database.jdbcUrl);
        environment.put("JDBC_SCHEMA", service + "_service");
        ContainerDefinition first = task.addContainer(
                "database-user",
                ContainerDefinitionOptions.builder()
                        .image(image)
                        .essential(false)
                        .readonlyRootFilesystem(true)
                        .entryPoint(List.of(
                                "/opt/java/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "-cp",
                                "/app/shop-" + service + ".jar",
                                MAKES_IT))
                        .environment(environment)
                        .secrets(secrets)
                        .logging(logs)
                        .build());
        program.addContainerDependencies(ContainerDependency.builder()
                .container(first)
                .condition(ContainerDependencyCondition.SUCCESS)
                .build());
    }
}
