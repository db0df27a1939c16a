"""Deploys the templates of one environment to LocalStack, which has no Docker here, and says of every type of resource what became
of it. What LocalStack lacks is taken out before, and whatever refers to it gets a name in its place; nothing else is changed.
Usage, with the Python of .ci/aws-endpoint and AWS_ENDPOINT_URL: deploy.py ASSEMBLY ENVIRONMENT STACK..."""

import collections
import io
import json
import os
import pathlib
import sys
import time
import zipfile

import boto3
import botocore.exceptions

if len(sys.argv) < 4 or not os.environ.get("AWS_ENDPOINT_URL"):
    raise SystemExit(f"deploy.py: {'AWS_ENDPOINT_URL is not set' if len(sys.argv) >= 4 else 'something is not named'}\n{__doc__}")
REGION, PREFIX = "us-east-1", "cdk-hnb659fds"
at = {
    "endpoint_url": os.environ["AWS_ENDPOINT_URL"],
    "region_name": REGION,
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}
cloudformation, s3, ssm, sts = (boto3.client(name, **at) for name in ("cloudformation", "s3", "ssm", "sts"))

# LocalStack without a token has no such resource type, or (functions) needs Docker for it.
LACKS = (
    "AWS::ApplicationAutoScaling::",
    "AWS::ApplicationSignals::",
    "AWS::Budgets::",
    "AWS::CloudWatch::AnomalyDetector",
    "AWS::CloudWatch::Dashboard",
    "AWS::EC2::EIP",
    "AWS::EC2::FlowLog",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::ECS::",
    "AWS::ElasticLoadBalancingV2::",
    "AWS::FIS::",
    "AWS::Lambda::",
    "AWS::RDS::",
    "AWS::SecretsManager::SecretTargetAttachment",
    "AWS::ServiceDiscovery::",
    "AWS::XRay::",
    "Custom::",
)


def lacks(resource):
    """PromQL alarms and those on anomalies are of a type that is there, but not of a kind that is."""
    properties = resource.get("Properties", {})
    unknown = resource["Type"] == "AWS::CloudWatch::Alarm" and ("EvaluationCriteria" in properties or "ThresholdMetricId" in properties)
    return unknown or resource["Type"].startswith(LACKS)


def leads_nowhere(resource, gone):
    """A route to what is lacking: there is no name that would do in its place."""
    return resource["Type"] == "AWS::EC2::Route" and resource["Properties"].get("NatGatewayId", {}).get("Ref") in gone


def reduced(template):
    """The template without what is lacking, and how many of each type that was."""
    gone = {name for name, one in template["Resources"].items() if lacks(one)}
    gone |= {name for name, one in template["Resources"].items() if leads_nowhere(one, gone)}
    count = collections.Counter(template["Resources"][name]["Type"] for name in gone)

    def stand_in(name):
        service = "lambda" if template["Resources"][name]["Type"].startswith("AWS::Lambda::") else "lacking"
        # A rule takes the address of a function as its target, whether there is one or not, but none of a service that it does not know.
        return f"arn:aws:{service}:us-east-1:000000000000:{'function:' if service == 'lambda' else ''}{name}"

    def named(node):
        if isinstance(node, list):
            return [named(one) for one in node]
        if not isinstance(node, dict):
            return node
        if node.get("Ref") in gone:
            return stand_in(node["Ref"])
        if isinstance(node.get("Fn::GetAtt"), list) and node["Fn::GetAtt"][0] in gone:
            return stand_in(node["Fn::GetAtt"][0])
        return {key: named(value) for key, value in node.items()}

    resources = {name: named(one) for name, one in template["Resources"].items() if name not in gone}
    for one in resources.values():
        after = [name for name in [one.get("DependsOn", [])] if isinstance(name, str)] or one.get("DependsOn", [])
        one["DependsOn"] = [name for name in after if name not in gone]
    return {**named(template), "Resources": resources}, count


def bootstrap(assembly, stack, template):
    """What cdk bootstrap makes, as far as a template asks for it, and the files of this stack."""
    account = sts.get_caller_identity()["Account"]
    bucket = f"{PREFIX}-assets-{account}-{REGION}"
    s3.create_bucket(Bucket=bucket)
    ssm.put_parameter(Name=f"/{PREFIX.replace('cdk-', 'cdk-bootstrap/')}/version", Value="30", Type="String", Overwrite=True)
    assets = json.loads((assembly / f"{stack}.assets.json").read_text())
    for asset in assets["files"].values():
        source = assembly / asset["source"]["path"]
        for destination in asset["destinations"].values():
            ours = source.name == f"{stack}.template.json"
            body = json.dumps(template).encode() if ours else packed(source)
            s3.put_object(Bucket=bucket, Key=destination["objectKey"], Body=body)
            if ours:
                url = f"{at['endpoint_url']}/{bucket}/{destination['objectKey']}"
    return url


def packed(source):
    if source.is_file():
        return source.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(source.rglob("*")):
            archive.write(file, file.relative_to(source))
    return buffer.getvalue()


def deploy(assembly, environment, name):
    """The stack and its resources as the endpoint describes them, and what was left out."""
    stack = next((file.name.removesuffix(".template.json") for file in assembly.glob(f"{environment}{name}*.template.json")), None)
    if stack is None:
        raise SystemExit(f"deploy.py: there is no template of {environment}-{name} in {assembly}; ./mvnw test -pl infra/cdk -am makes those of target/cdk.out")
    template, lacking = reduced(json.loads((assembly / f"{stack}.template.json").read_text()))
    stack_name = f"{environment}-{name}"
    cloudformation.create_stack(
        StackName=stack_name,
        TemplateURL=bootstrap(assembly, stack, template),
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        DisableRollback=True,
    )
    while True:
        found = cloudformation.describe_stacks(StackName=stack_name)["Stacks"][0]
        if not found["StackStatus"].endswith("_IN_PROGRESS"):
            break
        time.sleep(0.5)
    return found, lacking, cloudformation.describe_stack_resources(StackName=stack_name)["StackResources"]


def main(assembly, environment, names):
    kinds = collections.defaultdict(collections.Counter)
    failed = False
    for name in names:
        stack, lacking, resources = deploy(assembly, environment, name)
        print(stack["StackName"], stack["StackStatus"], stack.get("StackStatusReason", ""))
        failed |= stack["StackStatus"] != "CREATE_COMPLETE"
        for kind, count in lacking.items():
            kinds[kind]["lacking"] += count
        for one in resources:
            made = one["ResourceStatus"] == "CREATE_COMPLETE"
            pretended = "not" in one.get("ResourceStatusReason", "") or one.get("PhysicalResourceId", "unknown") == "unknown"
            state = "failed" if not made else "pretended" if pretended else "made"
            kinds[one["ResourceType"]][state] += 1
            if not made:
                print("  ", one["LogicalResourceId"], one["ResourceType"], one["ResourceStatus"], one.get("ResourceStatusReason"))
    for kind, states in sorted(kinds.items()):
        print(f"| `{kind}` | {', '.join(f'{count} {state}' for state, count in states.items())} |")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
    except cloudformation.exceptions.AlreadyExistsException as error:
        sys.exit(f"deploy.py: {error}; it makes stacks and changes none: start the endpoint anew")
    except botocore.exceptions.BotoCoreError as error:
        sys.exit(f"deploy.py: nothing answers as AWS does: {error}")
