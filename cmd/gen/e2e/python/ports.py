"""Answers questions to the interpreter in Python."""

import base64
import dataclasses
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[4] / "clients" / "py"))

from errkb import Attempt, Reply, Table, bounds, decide, read, redact, resend  # noqa: E402


def ms(seconds):
    return None if seconds is None else round(seconds * 1e9) / 1e6


def answer(table, reply, attempt, now):
    reply = Reply(body=base64.b64decode(reply.pop("body")), **reply)
    d = decide(table, reply, now)
    r = resend(table, d, Attempt(**attempt))
    reading = read(table, reply)
    waits = [bounds(d, retry) for retry in (0, 1, 2, 5)]
    return {
        "reading": dataclasses.asdict(reading),
        "same": reading == d.reading,
        "source": d.source,
        "action": d.action,
        "category": d.category,
        "code": d.code,
        "also": d.also,
        "variant": d.variant,
        "override": d.override,
        "request_id": d.request_id,
        "field": d.field,
        "redacted": redact(table, reply, reply.body.decode("utf-8", "replace")),
        "undecided": d.undecided,
        "known": d.known,
        "entry": f"{d.entry.kind} {d.entry.code}" if d.entry else "",
        "effect": d.effect,
        "fix": d.fix,
        "failure": d.failure,
        "delay_ms": ms(d.server_delay),
        "waits_ms": [wait and [ms(wait[0]), ms(wait[1])] for wait in waits],
        "again": r.again,
        "wait_ms": [ms(r.shortest), ms(r.longest)],
        "reason": r.reason,
    }


asked = json.load(sys.stdin)
tables = {name: Table(table) for name, table in asked["tables"].items()}
now = asked["now_ms"] / 1e3
answers = [answer(tables[q["table"]], q["reply"], q["attempt"], now) for q in asked["questions"]]
json.dump(answers, sys.stdout)
