package io.selfheal.infra.healer;

import io.selfheal.infra.nag.Nag;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The role of a function that stands in the network and writes to one log group. */
final class FunctionRole {
    private FunctionRole() {}

    static Role inVpc(Construct scope, String id, LogGroup logs) {
        Role role = Role.Builder.create(scope, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("OwnLogs")
                .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of(logs.getLogGroupArn()))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .sid("NetworkInterfaces")
                .actions(List.of(
                        "ec2:CreateNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:DeleteNetworkInterface",
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:UnassignPrivateIpAddresses"))
                .resources(List.of("*"))
                .build());
        Nag.acceptWildcard(
                role, "Resource::*", "what Lambda needs to put a function into a network knows no resources");
        Nag.acceptWildcards(role, "^Resource::.*Logs.*:\\*$", "the streams of its own log group");
        return role;
    }
}
