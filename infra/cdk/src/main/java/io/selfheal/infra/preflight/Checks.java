package io.selfheal.infra.preflight;

import io.selfheal.infra.config.BadConfigurationException;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.EnvironmentSettings.HealerShell;
import io.selfheal.infra.config.EnvironmentSettings.TransactionSearch;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.preflight.Finding.Fine;
import io.selfheal.infra.preflight.Finding.Unknown;
import io.selfheal.infra.preflight.Finding.Wrong;
import io.selfheal.infra.preflight.Machine.Answer;
import io.selfheal.infra.shop.ServicesStack;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asked before a deployment, so that it does not fail in its twentieth minute. Nothing here changes anything. */
final class Checks {
    /** The least that the CDK's templates ask for. */
    private static final int BOOTSTRAP = 6;

    private static final int NODE = 22;
    private static final List<String> SERVICES =
            List.of("ecs", "fargate", "lambda", "dynamodb", "events", "rds", "fis", "cloudwatch", "kms");

    private final Machine machine;
    private final EnvironmentSettings settings;
    private final Programs programs;

    Checks(Machine machine, EnvironmentSettings settings, Programs programs) {
        this.machine = machine;
        this.settings = settings;
        this.programs = programs;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(node());
        findings.add(docker());
        findings.add(built());
        Finding account = account();
        findings.add(account);
        if (account instanceof Fine) {
            findings.add(bootstrap());
            SERVICES.forEach(service -> findings.add(region(service)));
            findings.addAll(quotas());
            findings.add(serviceRole());
            findings.add(transactionSearch());
        }
        return findings;
    }

    private Finding node() {
        return switch (machine.run(List.of("node", "--version"))) {
            case Answer.Said(String version) ->
                number(version.replaceFirst("^v", "").replaceFirst("\\..*", "")) >= NODE
                        ? new Fine("Node " + version)
                        : new Wrong("Node " + version + " is past its end", "install Node 22 or 24");
            case Answer.Failed(String why) -> new Wrong("no Node: " + why, "install Node 22 or 24");
        };
    }

    private Finding docker() {
        return switch (machine.run(List.of("docker", "version", "--format", "{{.Server.Version}}"))) {
            case Answer.Said(String version) -> new Fine("an engine to push images with, " + version);
            case Answer.Failed(String why) ->
                new Wrong(
                        "no engine to push images with: " + why,
                        "start Docker, or another engine with its command line");
        };
    }

    private Finding built() {
        try {
            ServicesStack.SERVICES.forEach(programs::image);
            if (settings.healer().shell() == HealerShell.LAMBDA) {
                programs.lambda();
            } else {
                programs.image("healer");
            }
            return new Fine("images and healer are built");
        } catch (BadConfigurationException e) {
            return new Wrong(
                    String.valueOf(e.getMessage()),
                    "build first, on a machine of " + settings.tasks().architecture());
        }
    }

    private Finding account() {
        return aws(
                "credentials",
                said -> new Fine("account " + said),
                "aws configure sso, or set AWS_PROFILE, then aws sts get-caller-identity",
                "sts",
                "get-caller-identity",
                "--query",
                "Account");
    }

    private Finding bootstrap() {
        String mend = "npx cdk bootstrap aws://ACCOUNT/" + settings.region();
        return aws(
                "the CDK's own resources in " + settings.region(),
                said -> number(said) >= BOOTSTRAP
                        ? new Fine("bootstrapped, version " + said)
                        : new Wrong("bootstrapped, but only version " + said, mend),
                mend,
                "ssm",
                "get-parameter",
                "--name",
                "/cdk-bootstrap/hnb659fds/version",
                "--query",
                "Parameter.Value");
    }

    private Finding region(String service) {
        return aws(
                service + " in " + settings.region(),
                said -> new Fine(service + " is there"),
                "choose another region in cdk.json, environments." + settings.name() + ".region",
                "ssm",
                "get-parameter",
                "--name",
                "/aws/service/global-infrastructure/regions/" + settings.region() + "/services/" + service,
                "--query",
                "Parameter.Value");
    }

    private List<Finding> quotas() {
        EnvironmentSettings.Tasks tasks = settings.tasks();
        // Twice the tasks: a deployment runs the new ones beside the old.
        int vcpu = 2 * ServicesStack.SERVICES.size() * tasks.perService() * tasks.cpu() / 1024 + 1;
        String fargate = tasks.spotPercent() == 100 ? "L-36FBB829" : "L-3032A538";
        List<Finding> findings = new ArrayList<>();
        findings.add(quota("fargate", fargate, "vCPU of Fargate", vcpu));
        findings.add(quota("vpc", "L-F678F1CE", "VPCs, of which one is new", 1));
        if (settings.network().nat() > 0) {
            findings.add(
                    quota("ec2", "L-0263D0A3", "Elastic IPs", settings.network().nat()));
        }
        return findings;
    }

    private Finding quota(String service, String code, String what, int needed) {
        String mend = "aws service-quotas request-service-quota-increase --service-code " + service + " --quota-code "
                + code + " --desired-value " + 2 * needed;
        return aws(
                "the quota of " + what,
                said -> number(said) >= needed
                        ? new Fine(what + ": " + said + ", needed are " + needed)
                        : new Wrong(what + ": " + said + ", needed are " + needed, mend),
                mend,
                "service-quotas",
                "get-service-quota",
                "--service-code",
                service,
                "--quota-code",
                code,
                "--query",
                "Quota.Value");
    }

    private Finding serviceRole() {
        return aws(
                "the role by which ECS acts",
                said -> new Fine("ECS has its role"),
                "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com",
                "iam",
                "get-role",
                "--role-name",
                "AWSServiceRoleForECS",
                "--query",
                "Role.RoleName");
    }

    private Finding transactionSearch() {
        TransactionSearch wanted = settings.telemetry().transactionSearch();
        String key = "environments." + settings.name() + ".telemetry.transactionSearch";
        return aws(
                "the state of X-Ray's Transaction Search",
                said -> transactionSearch(said.contains("CloudWatchLogs"), wanted, key),
                "allow xray:GetTraceSegmentDestination to whoever deploys",
                "xray",
                "get-trace-segment-destination",
                "--query",
                "Destination");
    }

    private static Finding transactionSearch(boolean on, TransactionSearch wanted, String key) {
        return switch (wanted) {
            case OFF ->
                on
                        ? new Wrong(
                                "Transaction Search is on, and spans would go as segments", "set " + key + " to there")
                        : new Fine("Transaction Search is off, spans go as segments");
            case THERE ->
                on
                        ? new Fine("Transaction Search is on")
                        : new Wrong(
                                "Transaction Search is off, and X-Ray would refuse spans", "set " + key + " to make");
            case MAKE ->
                on
                        ? new Wrong(
                                "Transaction Search is on already: this environment would own, and once remove it",
                                "set " + key + " to there")
                        : new Fine("Transaction Search is off, this environment switches it on");
        };
    }

    private Finding aws(String what, Function<String, Finding> judge, String mend, String... arguments) {
        List<String> command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--output", "text", "--region", settings.region()));
        return switch (machine.run(command)) {
            case Answer.Said(String text) -> judge.apply(text);
            case Answer.Failed(String why) when why.contains("AccessDenied") -> new Unknown(what, firstLine(why));
            case Answer.Failed(String why) ->
                new Wrong((what.startsWith("the ") ? what : "no " + what) + ": " + firstLine(why), mend);
        };
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("it says nothing");
    }

    /** -1 where it is none. */
    private static double number(String text) {
        return text.matches("[0-9]+(\\.[0-9]+)?") ? Double.parseDouble(text) : -1;
    }
}
