"""The vectors of spec/vectors, which every port of the interpreter answers alike."""

import base64
import json
import pathlib
import unittest

from errkb import Attempt, Reading, Reply, Table, bounds, decide, policy_bounds, read, redact, resend

VECTORS = pathlib.Path(__file__).parents[3] / "spec" / "vectors"


def load(name):
    return json.loads((VECTORS / name).read_text("utf-8"))


TABLES = {path.name.partition(".")[0]: Table(load(path.name)) for path in VECTORS.glob("*.table.json")}


def reply_of(reply):
    """The reply of a vector: its body may be in parts, or in base64."""
    reply = dict(reply)
    encoded = reply.pop("body_base64", None)
    body = reply.pop("body", "")
    if encoded is not None:
        body = base64.b64decode(encoded)
    elif isinstance(body, list):
        body = "".join(part if isinstance(part, str) else part["repeat"] * part["times"] for part in body)
    return Reply(body=body, **reply)


def ms(seconds):
    """Seconds in milliseconds, to the nanosecond."""
    return None if seconds is None else round(seconds * 1e9) / 1e6


NO_DECISION = {"code": "", "also": "", "variant": 0, "override": 0, "request_id": "", "field": "", "undecided": False, "known": False, "category": "", "entry": None, "effect": "none", "server_delay_ms": None, "waits_ms": []}


class Vectors(unittest.TestCase):
    maxDiff = None

    def each(self, name, check):
        """Makes a check of each vector of a file, named by its rule and its place."""
        for i, vector in enumerate(load(name)):
            with self.subTest(f"{name} {i}: {vector['holds']}"):
                check(**vector)

    def test_read(self):
        self.each("read.json", self.check_read)

    def check_read(self, table, reply, reading, **_):
        self.assertEqual(read(TABLES[table], reply_of(reply)), Reading(**reading))

    def test_decide(self):
        self.each("decide.json", self.check_decide)

    def check_decide(self, table, reply, decision, **_):
        want = NO_DECISION | decision
        d = decide(TABLES[table], reply_of(reply))
        waits = [bounds(d, retry) for retry in range(max(1, len(want["waits_ms"])))]
        got = {key: getattr(d, key) for key in ("source", "action", "code", "also", "variant", "override", "request_id", "field", "undecided", "known", "category", "effect")}
        got["entry"] = d.entry and {"kind": d.entry.kind, "code": d.entry.code}
        got["server_delay_ms"] = ms(d.server_delay)
        got["waits_ms"] = [[ms(shortest), ms(longest)] for shortest, longest in filter(None, waits)]
        self.assertEqual(got, want)

    def test_redact(self):
        self.each("redact.json", self.check_redact)

    def check_redact(self, table, reply, text, redacted, **_):
        self.assertEqual(redact(TABLES[table], reply_of(reply), text), redacted)

    def test_resend(self):
        self.each("resend.json", self.check_resend)

    def check_resend(self, policy=None, **vector):
        if policy is not None:
            self.check_policy(policy, **vector)
            return
        table = TABLES[vector["table"]]
        r = resend(table, decide(table, reply_of(vector["reply"])), Attempt(**vector.get("attempt", {})))
        waits = {"again": True, "shortest_ms": ms(r.shortest), "longest_ms": ms(r.longest)}
        self.assertEqual(waits if r.again else {"again": False, "reason": r.reason}, vector["resend"])

    def check_policy(self, policy, retry, bounds_ms, delay_ms=0, **_):
        self.assertEqual([ms(wait) for wait in policy_bounds(policy, retry, delay_ms / 1e3)], bounds_ms)


if __name__ == "__main__":
    unittest.main()
