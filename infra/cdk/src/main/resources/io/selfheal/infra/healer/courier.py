"""Hands messages of SNS, as they lie in the queue, to a healer that only the network reaches. It holds no secret: the healer goes by
the signature of SNS. What the healer does not take stays in the queue, or, when it never will, is left to the dead letters."""

import os
import urllib.error
import urllib.request


def refused(message):
    request = urllib.request.Request(os.environ["HEALER"], message.encode(), {"Content-Type": "text/plain"})
    try:
        with urllib.request.urlopen(request, timeout=10):
            return None
    except urllib.error.HTTPError as answer:
        return f"{answer.code}: {answer.read(500)!r}"
    except OSError as away:
        return str(away)


def handler(event, _context):
    again = []
    for record in event["Records"]:
        why = refused(record["body"])
        if why:
            print("the healer did not take", record["messageId"], why)
            again.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": again}
