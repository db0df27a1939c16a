"""One healed fault through the resources that deploy.py has deployed: an alarm's event goes to EventBridge, the stack's rule hands it to
its topic, that to its queue; what the queue delivers is given to the function, which keeps its incident in the stack's table, restarts
the sick task at embedded ECS, and tells the stack's topic. Every call of the healer to AWS is recorded, for the tests of its permissions.

Usage, with the Python of .ci/aws-endpoint, AWS_ENDPOINT_URL and JAVA_HOME, after ./mvnw -DskipTests package: heal.py ENVIRONMENT [CALLS]"""

import datetime
import http.server
import json
import os
import pathlib
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3
import botocore.exceptions

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAMS = [ROOT / "healer-lambda/lambda/target/healer-lambda.jar", ROOT / "localstack/embedded/target/embedded-ecs.jar"]
lacking = [f"{name} is not set" for name in ("AWS_ENDPOINT_URL", "JAVA_HOME") if not os.environ.get(name)]
lacking += [f"there is no {file.relative_to(ROOT)} (./mvnw -DskipTests package)" for file in PROGRAMS if not file.is_file()]
if len(sys.argv) < 2 or lacking:
    raise SystemExit(f"heal.py: {'; '.join(lacking) or 'no environment is named'}\n{__doc__}")
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
ENVIRONMENT = sys.argv[1]
CLUSTER, SERVICE, REGION = f"selfheal-{ENVIRONMENT}", "order", "us-east-1"
at = {"region_name": REGION, "aws_access_key_id": "test", "aws_secret_access_key": "test"}
began = time.monotonic()
TASK = """
import http.server, os
class Task(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        sick = os.path.exists("sick")
        self.send_response(503 if sick else 200); self.end_headers(); self.wfile.write(b'{"status":"DOWN"}' if sick else b'{"status":"UP"}')
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Task).serve_forever()
"""


def say(*words):
    print(f"{time.monotonic() - began:7.1f} s ", *words, flush=True)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Recorder(Quiet):
    """Between the healer and AWS: passes on, and writes down service, operation and what names resources."""

    calls, upstream = {}, {}

    def do_POST(self):
        body = self.body()
        service = re.search(r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/", self.headers["Authorization"]).group(1)
        target = self.headers.get("X-Amz-Target")
        fields = json.loads(body) if target else {k: v[0] for k, v in urllib.parse.parse_qs(body.decode()).items()}
        operation = target.split(".")[-1] if target else fields["Action"]
        kept = {k: v for k, v in fields.items() if k in ("cluster", "services", "service", "serviceName", "tasks", "task", "taskDefinition",
            "TableName", "IndexName", "QueueUrl", "TopicArn", "serviceRevisionArns", "serviceDeploymentArn", "logGroupName")}
        if operation == "TransactWriteItems":
            kept["parts"] = sorted({part for item in fields["TransactItems"] for part in item})
            kept["TableName"] = next(iter(fields["TransactItems"][0].values()))["TableName"]
        if operation == "BatchGetItem":
            kept["TableName"] = next(iter(fields["RequestItems"]))
        call = json.dumps({"service": service, "operation": operation, "request": kept}, sort_keys=True)
        Recorder.calls[call] = Recorder.calls.get(call, 0) + 1
        request = urllib.request.Request(Recorder.upstream["ecs" if service == "ecs" else "else"] + self.path, body,
            {k: v for k, v in self.headers.items() if k.lower() not in ("host", "content-length", "connection")})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, headers, text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, headers, text = error.code, error.headers, error.read()
        self.answer(status, {k: v for k, v in headers.items() if k.lower() in ("content-type", "x-amz-crc32", "x-amzn-requestid")}, text)


class Runtime(Quiet):
    """Lambda's runtime interface: hands over one event at a time."""

    events, answers = queue.Queue(), queue.Queue()

    def do_GET(self):
        number, event = Runtime.events.get()
        self.answer(200, {"Lambda-Runtime-Aws-Request-Id": f"r-{number}", "Content-Type": "application/json",
            "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 60000),
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:000000000000:function:healer"}, json.dumps(event).encode())

    def do_POST(self):
        text = self.body().decode()
        Runtime.answers.put((self.path.rsplit("/", 1)[1], text))
        self.answer(202, {}, b"")


def invoke(event, number=[0]):
    number[0] += 1
    Runtime.events.put((number[0], event))
    kind, text = Runtime.answers.get(timeout=90)
    if kind != "response":
        raise SystemExit(f"the function failed: {text[:2000]}")
    return text


class Ecs:
    def __init__(self, folder):
        self.folder = folder / "ecs"
        port = Server(Quiet)
        number = port.server_address[1]
        port.shutdown(), port.server_close()
        self.process = subprocess.Popen([JAVA, "-XX:+UseSerialGC", "-Xmx96m", "-jar", PROGRAMS[1],
            "--port", str(number), "--state-dir", self.folder], stdout=open(folder / "ecs.log", "w"), stderr=subprocess.STDOUT)
        self.url = f"http://127.0.0.1:{number}"
        self.client = boto3.client("ecs", endpoint_url=self.url, **at)
        wait("embedded ECS answers", self.alive)
        self.client.create_cluster(clusterName=CLUSTER)
        (folder / "task.py").write_text(TASK)
        for service in ("user", "product", SERVICE):
            self.client.register_task_definition(family=service, containerDefinitions=[{"name": service, "image": "none", "essential": True,
                "entryPoint": [sys.executable], "command": [str(folder / "task.py")], "portMappings": [{"containerPort": 8080, "name": "http"}]}])
            self.client.create_service(cluster=CLUSTER, serviceName=service, taskDefinition=service, desiredCount=2)
            wait(f"two tasks of {service}", lambda: len(self.running(service)) == 2)
        self.complete = time.monotonic()

    def alive(self):
        try:
            return self.client.list_clusters() is not None
        except Exception:
            return False

    def running(self, service):
        tasks = self.client.list_tasks(cluster=CLUSTER, serviceName=service)["taskArns"]
        described = self.client.describe_tasks(cluster=CLUSTER, tasks=tasks)["tasks"] if tasks else []
        return sorted(task["taskArn"] for task in described if task["lastStatus"] == task["desiredStatus"] == "RUNNING")


def wait(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"did not happen in {seconds} s: {what}")
        time.sleep(0.2)


def resources():
    cloudformation = boto3.client("cloudformation", endpoint_url=os.environ["AWS_ENDPOINT_URL"], **at)
    found = {}
    for stack in (f"{ENVIRONMENT}-Services", f"{ENVIRONMENT}-Healer"):
        try:
            described = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
        except botocore.exceptions.BotoCoreError as error:
            raise SystemExit(f"heal.py: nothing answers as AWS does: {error}") from error
        except botocore.exceptions.ClientError as error:
            raise SystemExit(f"heal.py: {stack} is not at {os.environ['AWS_ENDPOINT_URL']}, deploy.py puts it there: {error}") from error
        for one in described:
            found[re.sub(r"[0-9A-F]{8}$", "", one["LogicalResourceId"])] = one.get("PhysicalResourceId", "unknown")
    if "Signals" not in found:
        raise SystemExit(f"heal.py: {ENVIRONMENT}-Healer has no queue Signals: its rules call the function themselves, for which LocalStack"
            " needs Docker; take an environment whose healer.shell is container")
    return found


def alarm_event(name, state, before):
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
    metric = {"id": "m1", "metricStat": {"metric": {"namespace": "AWS/ApplicationELB", "name": "UnHealthyHostCount", "dimensions": {}},
        "period": 60, "stat": "Maximum"}, "returnData": True}
    return {"Source": "aws.cloudwatch", "DetailType": "CloudWatch Alarm State Change",
        "Resources": [f"arn:aws:cloudwatch:{REGION}:000000000000:alarm:{name}"],
        "Detail": json.dumps({"alarmName": name, "state": {"value": state, "reason": "Threshold Crossed", "timestamp": now},
            "previousState": {"value": before, "reason": "Threshold Crossed", "timestamp": now}, "configuration": {"metrics": [metric]}})}


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="selfheal-"))
    made = resources()
    here = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"], **at}
    events, sqs, sns, cloudwatch = (boto3.client(name, **here) for name in ("events", "sqs", "sns", "cloudwatch"))
    ecs = Ecs(folder)
    say("embedded ECS:", CLUSTER, "with two tasks each of user, product and order")
    Recorder.upstream.update({"ecs": ecs.url, "else": os.environ["AWS_ENDPOINT_URL"]})
    recorder, runtime = Server(Recorder), Server(Runtime)
    mailbox = sqs.create_queue(QueueName=f"notices-{os.getpid()}")["QueueUrl"]
    sns.subscribe(TopicArn=made["Notices"], Protocol="sqs",
        Endpoint=sqs.get_queue_attributes(QueueUrl=mailbox, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])
    function = subprocess.Popen([JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED", "-jar",
        PROGRAMS[0], "io.selfheal.healer.lambda.HealerFunction"], stdout=open(folder / "function.log", "w"), stderr=subprocess.STDOUT,
        env={"PATH": os.environ["PATH"], "AWS_LAMBDA_RUNTIME_API": runtime.address(), "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL": f"http://{recorder.address()}", "AWS_LAMBDA_FUNCTION_NAME": "healer",
            "AWS_LAMBDA_FUNCTION_VERSION": "1", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512", "AWS_LAMBDA_LOG_GROUP_NAME": "x", "AWS_LAMBDA_LOG_STREAM_NAME": "1",
            "HEALER_POLICY": str(ROOT / "infra/cdk/policies/aws.yaml"), "HEALER_CLUSTER": CLUSTER, "HEALER_DYNAMO_TABLE": made["Table"],
            "HEALER_SNS_TOPIC_ARN": made["Notices"], "HEALER_DEAD_LETTER_QUEUE_URL": made["DeadLetters"],
            **({"HEALER_WAKE_UP_QUEUE_URL": made["WakeUps"]} if "WakeUps" in made else {}), "HEALER_PROBE_GRACE": "PT1S", "HEALER_PROBE_TIMEOUT": "PT2S"})
    try:
        heal(ecs, events, sqs, cloudwatch, made, mailbox)
    finally:
        function.terminate(), ecs.process.terminate()
        if len(sys.argv) > 2:
            write(pathlib.Path(sys.argv[2]), made)
        say("log of the function:", folder / "function.log")


def write(file, made):
    """The calls, with the names that the template has for things in the place of those that the endpoint gave them."""
    text = "\n".join(sorted(Recorder.calls)) + "\n"
    for name, physical in sorted(made.items(), key=lambda one: -len(one[1])):
        text = text.replace(f'"{physical}"', f'"${{{name}}}"')
    file.write_text(re.sub(r"[0-9a-f]{32}", lambda found: "task-" + found.group()[:4], text))


def heal(ecs, events, sqs, cloudwatch, made, mailbox):
    say("the function answers a tick:", invoke({"selfheal": "tick"})[:80])
    time.sleep(max(0, ecs.complete + 62 - time.monotonic()))  # the policy's warmUp: younger tasks are left alone
    victim = ecs.running(SERVICE)[0]
    (ecs.folder / "tasks" / victim.rsplit("/", 1)[1] / "sick").touch()
    name = f"{ENVIRONMENT}-{SERVICE}-unhealthy"
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="a task is not ready")
    say(f"alarm {name}, which the stack has made:", cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"])
    events.put_events(Entries=[alarm_event(name, "ALARM", "OK")])
    say("its event is on the bus")
    noticed, healed, stopped, over = [], False, False, time.monotonic() + 240
    while not healed and time.monotonic() < over:
        signals = made["Signals"]
        for message in sqs.receive_message(QueueUrl=signals, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", []):
            record = {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}
            say("rule, topic and queue of the stack delivered", json.loads(json.loads(message["Body"])["Message"])["detail-type"],
                "-> the function answers", invoke({"Records": [record]}))
            sqs.delete_message(QueueUrl=signals, ReceiptHandle=message["ReceiptHandle"])
        invoke({"selfheal": "tick"})
        if not stopped and victim not in ecs.running(SERVICE):
            stopped = True
            say("the sick task is stopped:", victim)
            cloudwatch.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="all tasks are ready")
            events.put_events(Entries=[alarm_event(name, "OK", "ALARM")])
        for message in sqs.receive_message(QueueUrl=mailbox, MaxNumberOfMessages=10).get("Messages", []):
            notice = json.loads(message["Body"])["MessageAttributes"]["state"]["Value"]
            noticed.append(notice)
            say("the stack's topic of notices tells", notice)
            sqs.delete_message(QueueUrl=mailbox, ReceiptHandle=message["ReceiptHandle"])
        healed = "RESOLVED" in noticed
        time.sleep(1)
    running = ecs.running(SERVICE)
    if not healed or victim in running or len(running) != 2:
        raise SystemExit(f"not healed: noticed {noticed}, running {running}, victim {victim}")
    say("healed: two tasks, the sick one replaced;", sum(Recorder.calls.values()), "calls to AWS,", len(Recorder.calls), "different ones")


main()
