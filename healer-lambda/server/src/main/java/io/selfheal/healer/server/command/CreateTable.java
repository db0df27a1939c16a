package io.selfheal.healer.server.command;

import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.aws.dynamo.TableDefinition;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the table of the DynamoDB store. */
@Command(
        name = "create-table",
        mixinStandardHelpOptions = true,
        description =
                "Makes the table of the store in DynamoDB where there is none, in the account and region of the AWS"
                        + " environment; one that is there stays as it is.")
final class CreateTable implements Callable<Integer> {

    /** Making a table is no part of healing: it may take its time, and a repeated request would find it there already. */
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    private static final Duration CALL = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--table",
            defaultValue = "${env:HEALER_DYNAMO_TABLE:-selfheal}",
            description = "its name (default: HEALER_DYNAMO_TABLE, or else selfheal)")
    private String table = "";

    @Option(
            names = "--print",
            description = "makes nothing and prints its definition, as CloudFormation's AWS::DynamoDB::Table words it")
    private boolean print;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(print ? TableDefinition.json() : made());
        out.flush();
        return 0;
    }

    private String made() {
        try {
            return DynamoTable.create(DynamoSettings.ofTable(table).within(ATTEMPT, CALL))
                    ? "table " + table + " is made\n"
                    : "table " + table + " is there already\n";
        } catch (IllegalArgumentException | IllegalStateException | StoreUnavailableException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()));
        }
    }
}
