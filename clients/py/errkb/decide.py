"""What a reply means. The rules are those of the Go package classify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .ask import class_of, hold
from .body import Body, Header
from .delay import server_delay
from .place import note
from .read import Code, open_reply, read_reply
from .syntax import HEADER, Document
from .table import Table, Variant
from .values import Decision, Entry, Reading, Reply
from .wait import WAITING
from .wrapped import open_any

STOPPING = ("fail", "fix_account")


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
    policy = policy_of(table, say.policy)
    return Decision(say.action, say.category, entry, source, known, operation=operation, effect=say.effect, fix=say.fix, policy=policy)


def policy_of(table: Table, index: int | None) -> Mapping[str, Any] | None:
    return None if index is None else table.policies[index]


def first_of(rows: Sequence[Variant], document: Document) -> int:
    """The first of some rows whose tests hold, from 1; 0 for none."""
    return next((i for i, row in enumerate(rows, 1) if hold(row.when, document)), 0)


def vary(table: Table, d: Decision, document: Document, overrides: Sequence[Variant]) -> Decision:
    """Takes the entry's first variant whose tests hold, and then the first of some
    overrides."""
    variants = d.entry.variants if d.entry else ()
    variant, override = first_of(variants, document), first_of(overrides, document)
    if variant:
        row = variants[variant - 1].row
        own = {key: row.get(key, "") for key in ("action", "category", "fix")}
        d = replace(d, variant=variant, effect=row.get("effect", "none"), policy=policy_of(table, row.get("policy")), **own)
    if override:
        row = overrides[override - 1].row
        # A stop adds to an entry that stops only what that does not say.
        stays = row.get("action") == "fail" and d.action in STOPPING
        said = {key: (row.get(key, ""), getattr(d, key)) for key in ("action", "category", "fix")}
        own = {key: old or new if stays else new or old for key, (new, old) in said.items()}
        policy = policy_of(table, row.get("policy")) or d.policy
        d = replace(d, override=override, policy=policy if own["action"] in WAITING else None, **own)
    return d


def decide_failure(table: Table, reply: Reply) -> Decision:
    """Decides where there was no reply. A cancelled call is never made again,
    whatever the table says. What was never sent has had no effect."""
    failure = reply.failure or ""
    entry = table.transport.get(failure)
    d = decision(table, reply.operation, "transport", entry, entry is not None)
    d = vary(table, replace(d, failure=failure), nothing(reply.operation), ())
    if failure == "canceled":
        d = replace(d, action="fail", policy=None)
    if not reply.sent:
        return replace(d, effect="none")
    return replace(d, effect="maybe") if failure in ("timeout", "connection", "canceled") else d


def nothing(operation: str) -> Document:
    """What there is to ask where there was no reply."""
    return Document(HEADER, Body(status=0, operation=operation, header=Header(()), text=b"", cut=False), b"")


def decide_reply(table: Table, reply: Reply, now: float | None) -> Decision:
    body = open_reply(table, reply)
    reading, code, pending = read_reply(table, body)
    d = judge(table, reply, body, reading, code, pending, now)
    return note(table, d, body, code.listed) if table.request_id or table.field or table.secret else d


def judge(table: Table, reply: Reply, body: Body, reading: Reading, code: Code, pending: bool, now: float | None) -> Decision:
    listed, prefixed = code.listed, code.prefixed
    exact, group = table.statuses.get(reply.status), table.classes.get(class_of(reply.status))

    def ok(entry: Entry | None) -> bool:
        return entry is not None and entry.is_ok(reply.operation)

    def pick(success: bool, *entries: Entry | None) -> Entry | None:
        return next((entry for entry in entries if entry and ok(entry) is success), None)

    def make(source: str, entry: Entry | None, known: bool) -> Decision:
        d = decision(table, reply.operation, source, entry, known)
        return replace(d, status=reply.status, reading=reading, code=reading.code, also=reading.also)

    by_status = reply.status < 400 and not table.tests_ok and not reading.failed
    status_succeeds = by_status and not prefixed and (not listed or ok(listed)) and ok(exact or group)
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
    says_nothing = reading.cut and d.source == "unrecognised" and reply.status < 400
    d = replace(d, undecided=says_nothing and (pending or not (reading.denied or reading.failed)))
    if table.overrides or d.entry and d.entry.variants:
        taken = table.forms[reading.form] if reading.form >= 0 else None
        d = vary(table, d, open_any(taken, body), table.overrides)
    if d.action in WAITING and d.policy is not None:
        d = replace(d, server_delay=server_delay(table, d, body, now))
    return d
