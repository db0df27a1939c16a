"""Carries what is in the queues of alarms and events to the healer, as Lambda's event source mapping does: in an event of the queue, and gone
from it only once the healer has it. Anything else stays there, and comes again."""

import json
import os
import pathlib
import time
import urllib.error
import urllib.request

import boto3

PATHS = {"selfheal-alarms": "/signals/cloudwatch", "selfheal-events": "/signals/ecs"}
HEALER, TOKEN = os.environ["HEALER_URL"], os.environ["HEALER_TOKEN"]
sqs = boto3.client("sqs")


def deliver(path, message):
    """The healer's answer; None while it cannot be reached."""
    record = {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}
    request = urllib.request.Request(
        HEALER + path, json.dumps({"Records": [record]}).encode(), {"Authorization": f"Bearer {TOKEN}"}
    )
    try:
        return urllib.request.urlopen(request, timeout=10).status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError as away:
        print("the healer cannot be reached:", away, flush=True)
        return None


while True:
    for name, path in PATHS.items():
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=5).get("Messages", []):
            answer = deliver(path, message)
            print(name, message["MessageId"], "->", answer, flush=True)
            if answer == 202:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    pathlib.Path("/tmp/courier").touch()  # for the health check of compose.yaml
    time.sleep(0.5)
