"""What a reply means. The rules are those of the Go package classify."""

from __future__ import annotations

from dataclasses import replace

from .body import body_of
from .delay import server_delay
from .read import class_of, read_reply
from .table import Table
from .values import Decision, Entry, Reply
from .wait import WAITING


def is_ok(entry: Entry | None, operation: str) -> bool:
    return entry is not None and entry.say(operation).action == "ok"


def decide(table: Table, reply: Reply, now: float | None = None) -> Decision:
    """Decides what a reply means. Dates are read against the reply's own Date, or
    else against now, in seconds since 1970."""
    if reply.failure is not None:
        return decide_failure(table, reply)
    return decide_reply(table, reply, now)


def decision(table: Table, operation: str, source: str, entry: Entry | None, known: bool) -> Decision:
    """What an entry, if any, says where it was found by a source."""
    if entry is None:
        return Decision("fail", "", None, source, known, operation=operation)
    say = entry.say(operation)
    policy = None if say.policy is None else table.policies[say.policy]
    return Decision(say.action, say.category, entry, source, known, operation=operation, effect=say.effect, fix=say.fix, policy=policy)


def decide_failure(table: Table, reply: Reply) -> Decision:
    """Decides where there was no reply. A cancelled call is never made again,
    whatever the table says. What was never sent has had no effect."""
    failure = reply.failure or ""
    entry = table.transport.get(failure)
    d = decision(table, reply.operation, "transport", entry, entry is not None)
    d = replace(d, failure=failure)
    if failure == "canceled":
        d = replace(d, action="fail", policy=None)
    if not reply.sent:
        return replace(d, effect="none")
    return replace(d, effect="maybe") if failure in ("timeout", "connection", "canceled") else d


def decide_reply(table: Table, reply: Reply, now: float | None) -> Decision:
    body = body_of(reply)
    reading, code = read_reply(table, body)
    listed, prefixed = (code.listed, code.prefixed) if code else (None, None)
    exact, group = table.statuses.get(reply.status), table.classes.get(class_of(reply.status))

    def ok(entry: Entry | None) -> bool:
        return is_ok(entry, reply.operation)

    def pick(success: bool, *entries: Entry | None) -> Entry | None:
        return next((entry for entry in entries if entry and ok(entry) is success), None)

    def make(source: str, entry: Entry | None, known: bool) -> Decision:
        d = decision(table, reply.operation, source, entry, known)
        return replace(d, status=reply.status, reading=reading, code=reading.code)

    status_succeeds = reply.status < 400 and not table.tests_ok and not prefixed and (not listed or ok(listed)) and ok(exact or group)
    if reading.success or status_succeeds:
        entry = pick(True, listed, exact, group)
        d = make("success", entry, reading.success or not reading.code or listed is not None)
        is_result = reading.success and entry is not listed  # not a code, which it stands in the place of
        return replace(d, action="ok", code="" if is_result else d.code)
    entry = pick(False, listed, prefixed, exact, group)
    rest = "unknown" if reading.code else "unrecognised"
    if entry:
        d = make(entry.kind, entry, not reading.code or listed is not None or prefixed is not None)
    else:
        d = make(rest, pick(False, table.rest.get(rest)), False)
    if d.action in WAITING and d.policy is not None:
        d = replace(d, server_delay=server_delay(table, body, now))
    return d
