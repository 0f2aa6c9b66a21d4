"""What the vectors do not say: which tables are read, and how replies are given."""

import email.message
import pathlib
import time
import tomllib
import unittest

from errkb import TABLE, Reply, Table, decide, read

PROJECT = tomllib.loads((pathlib.Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))

HEADER_FORM = {"syntax": "header", "code": [["X-Error"]]}


class Tables(unittest.TestCase):
    def test_version(self):
        """The package's first number is the version of its tables."""
        self.assertEqual(PROJECT["project"]["version"].split(".")[0], str(TABLE))

    def test_refuses(self):
        """A table is refused that could mean what is not known here."""
        row = {"code": "A", "action": "fail"}
        for change in (
            {"table": 1},
            {"table": 3},
            {"table": None},
            {"forms": [{"syntax": "yaml"}]},
            {"forms": [{"syntax": "json", "ok": [{"kind": "sounds_like"}]}]},
            {"forms": [{"syntax": "json", "fail": [{"kind": "not", "tests": [{"kind": "toString"}]}]}]},
            {"forms": [{"syntax": "json", "in": "zip"}]},
            {"delays": [{"header": "X-Wait", "unit_ms": 1000, "as": "dog_years"}]},
            {"overrides": [{"when": [], "action": "panic"}]},
            {"codes": [row | {"action": "panic"}]},
            {"codes": [row | {"effect": "surely"}]},
            {"codes": [row | {"by_operation": [{"operation": "a", "action": "panic"}]}]},
            {"codes": [row | {"variants": [{"when": [], "action": "panic"}]}]},
            {"codes": [row | {"variants": [{"when": [], "action": "fail", "effect": "surely"}]}]},
            {"codes": [row | {"variants": [{"when": [{"kind": "sounds_like"}], "action": "fail"}]}]},
            {"codes": [row | {"delays": [{"header": "X-Wait", "unit_ms": 1000, "as": "dog_years"}]}]},
            {"policies": [{"growth": "fibonacci"}]},
        ):
            with self.subTest(change), self.assertRaises(ValueError):
                Table({"table": TABLE, "api": "a"} | change)

    def test_address(self):
        """An entry has the address of its page, if the table has it."""
        row = {"code": "A", "action": "fail"}
        url = "https://errors.example.com/c/a/a.html"
        for codes, want in (([row | {"url": url}], url), ([row], "")):
            table = Table({"table": TABLE, "api": "a", "forms": [HEADER_FORM], "codes": codes})
            self.assertEqual(decide(table, Reply(headers={"X-Error": "A"})).entry.url, want)

    def test_ignores(self):
        """A key that is not known here decides nothing."""
        table = Table({"table": TABLE, "api": "a", "colour": "red", "forms": [HEADER_FORM | {"colour": "red"}]})
        self.assertEqual(decide(table, Reply()).action, "fail")


class Replies(unittest.TestCase):
    def test_headers(self):
        """A header is a mapping, what http.client and urllib have, or pairs, of texts or lists of them."""
        message = email.message.Message()
        message["x-error"] = "A"
        table = Table({"table": TABLE, "api": "a", "forms": [HEADER_FORM]})
        for headers in ({"X-Error": "A"}, {"x-error": ["A", "B"]}, [("X-Error", "A"), ("X-Error", "B")], iter([("X-ERROR", "A")]), message, message.items()):
            self.assertEqual(read(table, Reply(headers=headers)).code, "A")
        for headers in ({}, (), None, email.message.Message(), {"X-Error": []}, {"X-Error": ""}):
            self.assertEqual(read(table, Reply(headers=headers)).code, "")

    def test_body(self):
        """A body is a text, bytes or nothing."""
        table = Table({"table": TABLE, "api": "a", "forms": [{"syntax": "text", "code": [[""]]}]})
        for body, code in (("é", "é"), ("é".encode(), "é"), ("", ""), (b"", ""), (None, ""), ("\ud800", "")):
            self.assertEqual(read(table, Reply(body=body)).code, code)

    def test_now(self):
        """Without a Date, the local clock tells how long to wait until a date."""
        table = Table({
            "table": TABLE, "api": "a", "delays": [{"header": "Retry-After", "unit_ms": 1000}],
            "statuses": [{"code": "503", "action": "retry", "policy": 0}],
            "policies": [{"growth": "constant", "base_ms": 1000, "retries": 1}],
        })  # fmt: skip
        headers = {"Retry-After": "Sat, 21 Nov 2026 10:00:30 GMT"}
        self.assertEqual(decide(table, Reply(503, headers), now=1795255200).server_delay, 30)
        soon = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 100))
        delay = decide(table, Reply(503, {"Retry-After": soon})).server_delay
        self.assertTrue(50 < delay <= 100, delay)

    def test_hostile_bodies_are_fast(self):
        """No body takes longer than its length explains."""
        forms = [{"syntax": syntax, "code": [["a"]]} for syntax in ("json", "xml", "text", "header")]
        wait = {"header": "X-Wait", "unit_ms": 1000}
        table = Table({"table": TABLE, "api": "a", "fold": True, "forms": forms, "delays": [wait, {"at": ["a"], "unit_ms": 1}]})
        n = 65000
        for body in ("[" * n, '{"a":' * 9000, '"' + "\\" * n, "<a>" * n, "<" + "a:" * n, "<!" + "<" * n, "<a " + "a='' " * n, "&" * n, "<a>" + "&" * n, "\u2003" * n, "1" * n, "a" + " " * n, "\\u00e9" * n):
            start = time.process_time()
            decide(table, Reply(503, {"X-Wait": "1" * n + "x"}, body))
            self.assertLess(time.process_time() - start, 5, body[:10])


if __name__ == "__main__":
    unittest.main()
