"""Runs in LocalStack once it is ready: what a stack would set up for the service order. Running it again changes nothing."""

import json
import os
import pathlib

import boto3

CLUSTER, SERVICE = "selfheal", "order"
at = {
    "endpoint_url": os.environ.get("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
    "region_name": "us-east-1",
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}
cloudwatch, sns, sqs, dynamodb, events = (
    boto3.client(name, **at) for name in ("cloudwatch", "sns", "sqs", "dynamodb", "events")
)


def queue(name):
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def topic(name):
    """A topic, and a queue of the same name that gets what it is sent."""
    arn = sns.create_topic(Name=name)["TopicArn"]
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue(name))
    return arn


alarms = topic("selfheal-alarms")
topic("selfheal-notices")

cloudwatch.put_metric_alarm(
    AlarmName=f"selfheal-{SERVICE}-errors",
    Namespace="Selfheal/Demo",
    MetricName="ErrorRatio",
    Dimensions=[{"Name": "ClusterName", "Value": CLUSTER}, {"Name": "ServiceName", "Value": SERVICE}],
    Statistic="Average",
    Period=10,
    EvaluationPeriods=1,
    Threshold=0.1,
    ComparisonOperator="GreaterThanThreshold",
    AlarmActions=[alarms],
    OKActions=[alarms],
)

# LocalStack's CloudWatch sends no events; a rule for those that an emulator with ECS, or a person, puts on the bus.
events.put_rule(Name="selfheal-ecs", EventPattern=json.dumps({"source": ["aws.ecs"], "detail": {"clusterArn": [{"suffix": f"/{CLUSTER}"}]}}))
events.put_targets(Rule="selfheal-ecs", Targets=[{"Id": "queue", "Arn": queue("selfheal-events")}])

definition = pathlib.Path(os.environ.get("SELFHEAL_TABLE", "/etc/localstack/init/table.json"))
table = json.loads(definition.read_text())
life, _ = table.pop("TimeToLiveSpecification"), table.pop("PointInTimeRecoverySpecification")
if "selfheal" not in dynamodb.list_tables()["TableNames"]:
    dynamodb.create_table(TableName="selfheal", **table)
    dynamodb.update_time_to_live(TableName="selfheal", TimeToLiveSpecification=life)

print("selfheal: topics, queues, alarm, rule and table are there")
