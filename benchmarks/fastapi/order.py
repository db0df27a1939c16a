"""The order service on FastAPI: the routes, the checks, the statements and the log lines of ours."""

import asyncio
import logging
import os
import random
import sqlite3
import time
import uuid
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Annotated

import aiohttp
import orjson
from fastapi import FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from prometheus_client import REGISTRY, Counter, Histogram, generate_latest
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

USER_URL = os.environ.get("USER_URL", "http://127.0.0.1:8081")
PRODUCT_URL = os.environ.get("PRODUCT_URL", "http://127.0.0.1:8082")
PREFIX = "urn:selfheal:problem:"
LEASE = timedelta(seconds=15)
PAUSE = timedelta(seconds=2)
GIVE_UP_AFTER = timedelta(minutes=15)
REMEMBERED = 600.0
MOST_REMEMBERED = 10_000


class JsonLine(logging.Formatter):
    def format(self, record):
        line = {
            "timestamp": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "service.name": "order",
            "thread": record.threadName,
        }
        order = getattr(record, "order", None)
        if order is not None:
            line["order"] = str(order)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line).decode()


handler = logging.StreamHandler()
handler.setFormatter(JsonLine())
logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"), handlers=[handler], force=True)
LOG = logging.getLogger("order")

REQUESTS = Histogram(
    "http_server_requests_seconds",
    "Business requests by route and answer",
    ["method", "uri", "status"],
    buckets=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
)
CALLS = Histogram("dependency_calls_seconds", "Calls to another service", ["dependency", "outcome"])
RETRIES = Counter("dependency_retries", "Attempts beyond the first one of a call", ["dependency"])


class Problem(Exception):
    def __init__(self, status, kind, detail, retry_after=None):
        self.status = status
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after


class Unavailable(Exception):
    def __init__(self, dependency, why):
        super().__init__(f"'{dependency}' is unavailable: {why}")
        self.dependency = dependency


# --- the table of orders -------------------------------------------------------------------------------------------

DB = sqlite3.connect(":memory:", isolation_level=None)
DB.row_factory = sqlite3.Row
DB.execute(
    """create table orders (
    id              integer primary key autoincrement,
    idempotency_key text not null unique,
    user_id         integer not null,
    product_id      integer not null,
    quantity        integer not null check (quantity > 0),
    status          text not null,
    reason          text,
    reservation_id  text not null unique,
    user_checked    integer not null,
    degraded        integer not null,
    created_at      text not null,
    leased_until    text not null)"""
)
DB.execute("create index orders_unsettled on orders (status, leased_until)")


def now():
    return datetime.now(timezone.utc)


def text(at):
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def by_id(number):
    return DB.execute("select * from orders where id = ?", (number,)).fetchone()


def by_key(key):
    return DB.execute("select * from orders where idempotency_key = ?", (key,)).fetchone()


def move(number, before, after, reason=None):
    if reason is None:
        return DB.execute("update orders set status = ? where id = ? and status = ?", (after, number, before)).rowcount
    return DB.execute(
        "update orders set status = ?, reason = ? where id = ? and status = ?", (after, reason, number, before)
    ).rowcount


def let_go(number, at):
    DB.execute(
        "update orders set leased_until = ? where id = ? and status in ('PENDING', 'RELEASING')", (text(at), number)
    )


# --- the other services --------------------------------------------------------------------------------------------


class Dependency:
    """Three attempts, pauses of random length, a circuit breaker."""

    def __init__(self, name):
        self.name = name
        self.failures = 0
        self.closed_again_at = 0.0
        self.open = False
        self.trying = False
        self.answered = CALLS.labels(name, "answered")
        self.failed = CALLS.labels(name, "failed")
        self.not_tried = CALLS.labels(name, "not-tried")

    def permits(self):
        if not self.open:
            return True
        if self.trying or time.monotonic() < self.closed_again_at:
            return False
        self.trying = True
        return True

    def ended(self, ok):
        if ok:
            self.failures, self.open = 0, False
        else:
            self.failures += 1
            if self.trying or self.failures >= 5:
                self.open, self.closed_again_at = True, time.monotonic() + 2
        self.trying = False

    async def idempotent(self, method, url, body=None):
        if not self.permits():
            self.not_tried.observe(0)
            raise Unavailable(self.name, "its circuit breaker is open")
        start, ok = time.perf_counter(), False
        try:
            reply = await self.attempt(method, url, body)
            ok = True
            return reply
        finally:
            (self.answered if ok else self.failed).observe(time.perf_counter() - start)
            self.ended(ok)

    async def attempt(self, method, url, body):
        for attempt in range(1, 4):
            try:
                async with CLIENT.session.request(method, url, json=body) as response:
                    if response.status < 400:
                        await response.read()
                        return response.status, ""
                    problem = kind_of(await response.read())
                    if response.status < 500:
                        return response.status, problem
                    why = f"status {response.status}"
                    if problem == "shed":
                        raise Unavailable(self.name, why)
            except (aiohttp.ClientError, asyncio.TimeoutError) as e:
                why = str(e) or type(e).__name__
            if attempt == 3:
                raise Unavailable(self.name, why)
            await asyncio.sleep(random.uniform(0, 0.05 * 2 ** (attempt - 1)))
            RETRIES.labels(self.name).inc()


def kind_of(body):
    try:
        kind = orjson.loads(body).get("type", "")
    except (orjson.JSONDecodeError, AttributeError):
        return ""
    return kind[len(PREFIX):] if kind.startswith(PREFIX) else ""


class Client:
    session: aiohttp.ClientSession


CLIENT = Client()
USER = Dependency("user")
PRODUCT = Dependency("product")
SEEN: dict[int, float] = {}


async def check_user(user_id):
    try:
        status, problem = await USER.idempotent("GET", f"{USER_URL}/users/{user_id}")
        if status == 404 and problem == "unknown-user":
            return "UNKNOWN_USER"
        if status != 200:
            raise Unavailable("user", f"it gave an answer of no known kind, {status} '{problem}'")
        if len(SEEN) >= MOST_REMEMBERED:
            SEEN.clear()
        SEEN[user_id] = time.monotonic()
        return "EXISTS"
    except Unavailable as e:
        LOG.warning("Degraded: %s", e)
        seen = SEEN.get(user_id)
        return "REMEMBERED" if seen is not None and seen + REMEMBERED > time.monotonic() else "CANNOT_TELL"


async def reserve(order):
    status, problem = await PRODUCT.idempotent(
        "PUT",
        f"{PRODUCT_URL}/reservations/{order['reservation_id']}",
        {"productId": order["product_id"], "quantity": order["quantity"]},
    )
    if status == 200:
        return "HELD"
    if status in (404, 409) and problem in ("out-of-stock", "unknown-product", "reservation-released"):
        return problem.upper().replace("-", "_")
    raise Unavailable("product", f"it gave an answer of no known kind, {status} '{problem}'")


# --- orders --------------------------------------------------------------------------------------------------------


class NewOrder(BaseModel):
    model_config = ConfigDict(strict=True)
    userId: Annotated[int, Field(gt=0, le=2**63 - 1)]
    productId: Annotated[int, Field(gt=0, le=2**63 - 1)]
    quantity: Annotated[int, Field(gt=0, le=1000)]


async def settle(order):
    if order["status"] == "PENDING":
        await pending(order)
    elif order["status"] == "RELEASING":
        await release(order)
    else:
        return order
    return by_id(order["id"])


async def pending(order):
    number = order["id"]
    if not order["user_checked"]:
        existence = await check_user(order["user_id"])
        if existence == "UNKNOWN_USER":
            if move(number, "PENDING", "RELEASING", "UNKNOWN_USER") == 1:
                await release(order)
            return
        if existence == "CANNOT_TELL":
            LOG.info("Order %s waits for its user to be checked", number)
            return
        DB.execute("update orders set user_checked = 1 where id = ?", (number,))
    answer = await reserve(order)
    if answer == "HELD":
        end(number, "CONFIRMED", None)
    elif answer in ("OUT_OF_STOCK", "UNKNOWN_PRODUCT"):
        end(number, "REJECTED", answer)
    else:
        LOG.info("Order %s was given up by another driver", number)


def end(number, status, reason):
    if move(number, "PENDING", status, reason) == 1:
        LOG.info("Order %s %s", number, status, extra={"order": number})


async def release(order):
    status, problem = await PRODUCT.idempotent("DELETE", f"{PRODUCT_URL}/reservations/{order['reservation_id']}")
    if status != 204:
        raise Unavailable("product", f"it gave an answer of no known kind, {status} '{problem}'")
    move(order["id"], "RELEASING", "REJECTED")
    LOG.info("Order %s rejected, its stock is released", order["id"])


async def write_down(key, wanted):
    user = await check_user(wanted.userId)
    if user == "UNKNOWN_USER":
        raise Problem(422, "unknown-user", f"There is no user {wanted.userId}")
    at = now()
    added = DB.execute(
        "insert into orders (idempotency_key, user_id, product_id, quantity, status, reservation_id, user_checked,"
        " degraded, created_at, leased_until) values (?, ?, ?, ?, 'PENDING', ?, ?, ?, ?, ?) on conflict do nothing",
        (
            key,
            wanted.userId,
            wanted.productId,
            wanted.quantity,
            str(uuid.uuid4()),
            user != "CANNOT_TELL",
            user != "EXISTS",
            text(at),
            text(at + LEASE),
        ),
    ).rowcount
    return by_key(key), added == 1


async def place(key, wanted):
    order, new = by_key(key), False
    if order is None:
        order, new = await write_down(key, wanted)
    if (order["user_id"], order["product_id"], order["quantity"]) != (wanted.userId, wanted.productId, wanted.quantity):
        raise Problem(
            422,
            "idempotency-key-reused",
            "This Idempotency-Key belongs to another order: a new order needs a new key",
        )
    if new and not order["user_checked"]:
        let_go(order["id"], now() + PAUSE)
        return order, new
    try:
        settled = await settle(order)
        if settled["status"] in ("PENDING", "RELEASING"):
            let_go(order["id"], now())
        return settled, new
    except Unavailable as e:
        let_go(order["id"], now())
        raise Problem(
            503,
            "dependency-unavailable",
            f"Order {order['id']} is written down but not settled, because '{e.dependency}' is unavailable."
            " Repeat the request with the same Idempotency-Key to learn its outcome",
            2,
        ) from e


async def recover():
    while True:
        await asyncio.sleep(1)
        try:
            for order in DB.execute(
                "select * from orders where status in ('PENDING', 'RELEASING') and leased_until <= ?"
                " order by leased_until limit 50",
                (text(now()),),
            ).fetchall():
                await recover_one(order)
        except Exception as e:  # the orders are still there next time
            LOG.warning("Recovery put off: %s", e)


async def recover_one(order):
    at = now()
    if (
        DB.execute(
            "update orders set leased_until = ? where id = ? and leased_until <= ? and status in ('PENDING', 'RELEASING')",
            (text(at + LEASE), order["id"], text(at)),
        ).rowcount
        == 0
    ):
        return
    try:
        settled = await settle(order)
        if settled["status"] != "PENDING":
            LOG.info("Recovered order %s: %s", order["id"], settled["status"])
            return
    except Unavailable as e:
        LOG.debug("Order %s stays as it is: %s", order["id"], e)
    if order["status"] == "PENDING" and order["created_at"] < text(at - GIVE_UP_AFTER):
        move(order["id"], "PENDING", "RELEASING", "EXPIRED")
    let_go(order["id"], at + PAUSE)


# --- HTTP ----------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def lifespan(_):
    CLIENT.session = aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(connect=0.5, sock_read=1),
        connector=aiohttp.TCPConnector(limit=128),
        json_serialize=lambda value: orjson.dumps(value).decode(),
    )
    sweep = asyncio.create_task(recover())
    yield
    sweep.cancel()
    await CLIENT.session.close()


app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)


class Measured:
    """As plain ASGI: FastAPI's own kind of middleware costs more."""

    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"].startswith(("/health", "/prometheus")):
            await self.inner(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def tell(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.inner(scope, receive, tell)
        finally:
            route = scope.get("route")
            uri = route.path if route else "UNMATCHED"
            REQUESTS.labels(scope["method"], uri, str(status)).observe(time.perf_counter() - start)


app.add_middleware(Measured)


def view(order):
    seen = {
        "id": order["id"],
        "userId": order["user_id"],
        "productId": order["product_id"],
        "quantity": order["quantity"],
        "status": order["status"],
        "reason": order["reason"],
        "degraded": bool(order["degraded"]),
        "createdAt": order["created_at"],
    }
    if seen["reason"] is None:
        del seen["reason"]
    return seen


def answer(body, status=200, headers=None):
    return Response(orjson.dumps(body), status, headers, "application/json")


TITLES = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 415: "Unsupported Media Type", 500: "Internal Server Error"}


def problem(request, status, kind, detail, retry_after=None, violations=None):
    title = kind[0].upper() + kind[1:].replace("-", " ") if kind else TITLES.get(status, "")
    body = {
        "type": PREFIX + kind if kind else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    if violations is not None:
        body["violations"] = violations
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return Response(orjson.dumps(body), status, headers, "application/problem+json")


@app.exception_handler(Problem)
async def refused(request: Request, e: Problem):
    return problem(request, e.status, e.kind, e.detail, e.retry_after)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, e: RequestValidationError):
    errors = e.errors()
    unreadable = next((x for x in errors if x["type"] in ("json_invalid", "int_type", "int_from_float", "int_parsing")), None)
    missing_header = any(x["loc"][0] == "header" and x["type"] == "missing" for x in errors)
    if unreadable or missing_header or any(x["loc"] == ("body",) for x in errors):
        return problem(request, 400, None, errors[0]["msg"])
    violations = sorted(({"field": "key" if x["loc"][0] == "header" else str(x["loc"][-1]), "message": x["msg"]} for x in errors), key=lambda v: (v["field"], v["message"]))
    return problem(request, 400, None, "The request is not valid", None, violations)


@app.exception_handler(HTTPException)
async def known(request: Request, e: HTTPException):
    return problem(request, e.status_code, None, e.detail)


@app.exception_handler(Exception)
async def broken(request: Request, e: Exception):
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=e)
    return problem(request, 500, None, "The service failed to answer; the cause is in its log")


@app.get("/orders")
async def list_orders(page: Annotated[int, Query(ge=0, le=1_000_000)] = 0, size: Annotated[int, Query(ge=1, le=100)] = 20):
    rows = DB.execute("select * from orders order by id limit ? offset ?", (size, page * size)).fetchall()
    total = DB.execute("select count(*) from orders").fetchone()[0]
    return answer(
        {
            "items": [view(row) for row in rows],
            "page": page,
            "size": size,
            "totalItems": total,
            "totalPages": (total + size - 1) // size,
        }
    )


@app.get("/orders/{number}")
async def find(number: int):
    order = by_id(number)
    if order is None:
        raise Problem(404, None, f"There is no order {number}")
    return answer(view(order))


REJECTIONS = {
    "OUT_OF_STOCK": (409, "out-of-stock", "there is too little stock"),
    "UNKNOWN_PRODUCT": (422, "unknown-product", "there is no product {product}"),
    "UNKNOWN_USER": (422, "unknown-user", "there is no user {user}"),
    "EXPIRED": (409, "order-expired", "it could not be settled in time"),
}


@app.post("/orders")
async def place_order(key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=100, pattern=r"\S")], wanted: NewOrder):
    order, new = await place(key, wanted)
    if order["status"] in ("REJECTED", "RELEASING"):
        status, kind, why = REJECTIONS[order["reason"]]
        why = why.format(product=order["product_id"], user=order["user_id"])
        raise Problem(status, kind, f"Order {order['id']} is rejected: {why}")
    if new:
        return answer(view(order), 201, {"Location": f"/orders/{order['id']}"})
    return answer(view(order))


@app.get("/health")
@app.get("/health/liveness")
async def health():
    return answer({"status": "UP"})


@app.get("/health/readiness")
async def readiness():
    DB.execute("select 1")
    return answer({"status": "UP"})


@app.get("/prometheus")
async def prometheus():
    return Response(generate_latest(REGISTRY), media_type="text/plain; version=0.0.4")
