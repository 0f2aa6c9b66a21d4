"""A decision table, made ready to decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .body import MAX_BODY, Path, trim_space
from .jsontext import decimal_of, is_in_array
from .syntax import syntaxes
from .values import Entry
from .wait import nanoseconds

LEAST_LOOK = 1024

TABLE = 2
"""The version of the tables that this reads. Any other raises a ValueError."""

KINDS = {"codes": "code", "prefixes": "prefix", "statuses": "status", "classes": "status_class", "transport": "transport"}
ACTIONS = ("fail", "retry", "resubmit", "wait_poll", "fix_account", "ok")
TESTS = (
    *("equals", "present", "absent", "prefix", "header", "status", "contains", "body_contains"),
    *("header_present", "header_prefix", "operation", "all", "any", "not"),
)
WRAPPINGS = ("", "sse", "ndjson", "string")
DELAYS = ("", "time", "ratelimit")
EFFECTS = ("none", "maybe")
GROWTHS = ("constant", "linear", "exponential")


class Table:
    """A decision table, made ready once. Data is the JSON as json.load reads it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        if data.get("table") != TABLE:
            raise ValueError(f"a table of version {data.get('table')}; this errkb reads version {TABLE}")
        self.fold: Callable[[bytes], bytes] = fold if data.get("fold") else bytes
        self.forms = [Form(form) for form in data.get("forms", ())]
        self.tests_ok = any(form.ok for form in self.forms)
        self.delays = delays_of(data.get("delays", ()))
        self.overrides = [Variant(row) for row in data.get("overrides", ())]
        self.request_id, self.field, self.secret = ([Place(place) for place in data.get(key, ())] for key in ("request_id", "field", "secret"))
        self.operations = data.get("operations", ())
        self.policies = data.get("policies", ())
        for policy in self.policies:
            known(policy["growth"], GROWTHS, "growth")
        rows = {key: [entry_of(kind, row) for row in data.get(key, ())] for key, kind in KINDS.items()}
        self.codes = {self.fold(entry.code.encode()): entry for entry in rows["codes"]}
        for spelling, index in data.get("aliases", ()):
            self.codes[self.fold(spelling.encode())] = rows["codes"][index]
        self.prefixes = [(self.fold(entry.code[:-1].encode()), entry) for entry in rows["prefixes"]]
        self.statuses = {int(entry.code): entry for entry in rows["statuses"]}
        self.classes = {int(entry.code[0]): entry for entry in rows["classes"]}
        self.transport = {entry.code: entry for entry in rows["transport"]}
        self.rest = {key: entry_of(key, data[key]) for key in ("unknown", "unrecognised") if key in data}

    def look(self, operation: str) -> int:
        """How many bytes of a body are looked at."""
        look = next((o.get("look") for o in self.operations if operation and o["name"] == operation), None)
        return max(look, LEAST_LOOK) if look else MAX_BODY

    def listed(self, code: bytes) -> Entry | None:
        return self.codes.get(self.fold(code))

    def listed_number(self, code: bytes) -> Entry | None:
        """A code by the value of a JSON number: 429.0 is 429."""
        value = decimal_of(code) if re.search(rb"[.eE]", code) else None
        if value is None:
            return None
        sign, digits, power = value
        if not len(digits) <= power <= 16:
            return None
        whole = sign + digits.ljust(power or 1, b"0")
        return self.listed(whole) if abs(int(whole)) < 2**53 else None

    def prefixed(self, code: bytes) -> Entry | None:
        folded = self.fold(code)
        return next((entry for prefix, entry in self.prefixes if folded.startswith(prefix)), None)

    def repeats(self, operation: str) -> bool:
        """Whether an operation can be repeated without harm; for the empty one,
        whether all can."""
        named = [o for o in self.operations if not operation or o["name"] == operation]
        return bool(named) and all(o.get("repeatable") for o in named)


class Form:
    """How to read a reply in one syntax."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        known(form["syntax"], syntaxes, "syntax")
        self.syntax = form["syntax"]
        known(form.get("in", ""), WRAPPINGS, "wrapping")
        self.wrapping, self.inside = form.get("in", ""), path_of(form.get("inside", ()))
        self.ok, self.fail = ([Test(test) for test in form.get(key, ())] for key in ("ok", "fail"))
        self.code = [path_of(place) for place in form.get("code", ())]
        self.none = path_of(form.get("none", ()))
        self.in_array = any(map(is_in_array, self.code)) or any(test.in_array for test in (*self.ok, *self.fail))
        self.after, self.before = form.get("after", "").encode(), form.get("before", "").encode()

    def trim(self, text: bytes | None) -> bytes | None:
        """Cuts a code out of its text; what is empty after it is not a code."""
        if text is None or not (self.after or self.before):
            return text
        if self.after:
            text = text[text.rfind(self.after) + len(self.after) :] if self.after in text else text
        if self.before:
            text = text.partition(self.before)[0]
        return trim_space(text) or None


class Test:
    """A question about a reply."""

    def __init__(self, test: Mapping[str, Any]) -> None:
        known(test["kind"], TESTS, "test")
        self.kind = test["kind"]
        self.at = path_of(test.get("at", ()))
        self.header = test.get("header", "")
        self.values = [(type_, text.encode()) for type_, text in test.get("values", ())]
        self.prefix = path_of(test.get("prefix", ()))
        self.text = fold(test.get("text", "").encode())
        self.status = test.get("status", ())
        self.operations = test.get("operations", ())
        self.tests = [Test(part) for part in test.get("tests", ())]
        self.in_array = is_in_array(self.at) or any(part.in_array for part in self.tests)


class Delay:
    """A place where the server may say how long to wait."""

    def __init__(self, delay: Mapping[str, Any]) -> None:
        known(delay.get("as", ""), DELAYS, "delay")
        self.header = delay.get("header", "")
        self.at = path_of(delay.get("at", ()))
        self.code = delay.get("code", "").encode()
        self.unit = nanoseconds(delay["unit_ms"])
        self.as_ = delay.get("as", "")
        self.is_retry_after = self.header.lower() == "retry-after"
        self.decimal = delay.get("decimal", False)


class Place:
    """Where a reply says something beside the code."""

    def __init__(self, place: Mapping[str, Any]) -> None:
        self.header = place.get("header", "")
        self.json = path_of(place["json"]) if "json" in place else None
        self.xml = path_of(place["xml"]) if "xml" in place else None


class Variant:
    """What says otherwise in some replies: a variant of an entry, or an override of
    the table."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        if "action" in row:
            known(row["action"], ACTIONS, "action")
        known(row.get("effect", "none"), EFFECTS, "effect")
        self.row = row
        self.when = [Test(test) for test in row["when"]]
        self.delays = delays_of(row["delays"]) if "delays" in row else None


def delays_of(delays: Iterable[Mapping[str, Any]]) -> list[Delay]:
    return [Delay(delay) for delay in delays]


def known(value: str, all_: Iterable[str], what: str) -> None:
    if value not in all_:
        raise ValueError(f"a table with the {what} {value}, which this errkb does not know")


def path_of(place: Iterable[str]) -> Path:
    return tuple(token.encode() for token in place)


def entry_of(kind: str, row: Mapping[str, Any]) -> Entry:
    for say in (row, *row.get("by_operation", ())):
        known(say["action"], ACTIONS, "action")
    known(row.get("effect", "none"), EFFECTS, "effect")
    return Entry(
        kind=kind,
        code=row["code"],
        action=row["action"],
        category=row.get("category", ""),
        meaning=row.get("meaning", ""),
        fix=row.get("fix", ""),
        effect=row.get("effect", "none"),
        statuses=tuple(row.get("statuses", ())),
        retired=row.get("retired", False),
        policy=row.get("policy"),
        operations=tuple(row.get("operations", ())),
        by_operation={say["operation"]: say for say in row.get("by_operation", ())},
        variants=tuple(map(Variant, row.get("variants", ()))),
        delays=delays_of(row["delays"]) if "delays" in row else None,
        url=row.get("url", ""),
    )


def fold(text: bytes) -> bytes:
    """What stands for a text in every case, by Unicode's simple case folding."""
    if text.isascii():
        return text.lower()
    return "".join(map(fold_character, text.decode("utf-8", "replace"))).encode()


def fold_character(c: str) -> str:
    if c in "\u0130\u0131":  # İ and ı have no other case
        return c
    upper = c.upper()
    return (upper if len(upper) == 1 else c).lower()
