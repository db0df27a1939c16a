"""Takes in what Alertmanager sends, and answers 202 when every alert of it is stored. Nothing more: it decides nothing and heals nothing."""

import os
import sqlite3
from datetime import datetime

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

DB = sqlite3.connect(os.environ["HEALER_DB"], isolation_level=None)
DB.execute("pragma journal_mode = wal")
# A commit is in the file when it returns, and survives the end of the process; the disk is not waited for. So does H2, which ours uses.
DB.execute("pragma synchronous = normal")
DB.execute(
    """create table if not exists alert (
    fingerprint text not null,
    starts_at   text not null,
    status      text not null,
    ends_at     text not null,
    alertname   text not null,
    service     text not null,
    labels      text not null,
    seen        integer not null default 1,
    primary key (fingerprint, starts_at))"""
)


class Alert(BaseModel):
    status: str
    labels: dict[str, str]
    annotations: dict[str, str] = {}
    startsAt: datetime
    endsAt: datetime
    fingerprint: str


class Webhook(BaseModel):
    version: str
    status: str
    alerts: list[Alert]


app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
TOKEN = os.environ.get("HEALER_TOKEN", "")


@app.post("/signals/alertmanager")
async def signals(webhook: Webhook, request: Request):
    if TOKEN and request.headers.get("authorization") != "Bearer " + TOKEN:
        return Response(status_code=401)
    DB.execute("begin immediate")
    try:
        DB.executemany(
            "insert into alert (fingerprint, starts_at, status, ends_at, alertname, service, labels)"
            " values (?, ?, ?, ?, ?, ?, ?)"
            " on conflict (fingerprint, starts_at) do update set status = excluded.status, ends_at = excluded.ends_at,"
            " seen = seen + 1",
            [
                (
                    alert.fingerprint,
                    alert.startsAt.isoformat(),
                    alert.status,
                    alert.endsAt.isoformat(),
                    alert.labels.get("alertname", ""),
                    alert.labels.get("service_name", ""),
                    str(alert.labels),
                )
                for alert in webhook.alerts
            ],
        )
        DB.execute("commit")
    except sqlite3.Error:
        DB.execute("rollback")
        return Response(status_code=503)
    return Response(status_code=202)


@app.get("/health")
async def health():
    return {"status": "UP"}


@app.get("/stored")
async def stored():
    return {"alerts": DB.execute("select count(*), coalesce(sum(seen), 0) from alert").fetchone()}
