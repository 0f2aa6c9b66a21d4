"""A decision table, made ready to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .body import Path, trim_space
from .jsontext import is_in_array
from .syntax import syntaxes
from .values import Entry

TABLE = 1
"""The version of the tables that this reads. Any other raises a ValueError."""

KINDS = {"codes": "code", "prefixes": "prefix", "statuses": "status", "classes": "status_class", "transport": "transport"}
ACTIONS = ("fail", "retry", "resubmit", "wait_poll", "fix_account", "ok")
TESTS = ("equals", "present", "absent", "prefix", "header", "status")
GROWTHS = ("constant", "linear", "exponential")


class Table:
    """A decision table, made ready once. Data is the JSON as json.load reads it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        if data.get("table") != TABLE:
            raise ValueError(f"a table of version {data.get('table')}; this errkb reads version {TABLE}")
        self.fold: Callable[[bytes], bytes] = fold if data.get("fold") else bytes
        self.forms = [Form(form) for form in data.get("forms", ())]
        self.tests_ok = any(form.ok for form in self.forms)
        self.delays = data.get("delays", ())
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

    def listed(self, code: bytes) -> Entry | None:
        return self.codes.get(self.fold(code))

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
        self.ok = [Test(test) for test in form.get("ok", ())]
        self.code = [path_of(place) for place in form.get("code", ())]
        self.in_array = any(map(is_in_array, self.code)) or any(is_in_array(test.at) for test in self.ok)
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
    """A sign of success."""

    def __init__(self, test: Mapping[str, Any]) -> None:
        known(test["kind"], TESTS, "test")
        self.kind = test["kind"]
        self.at = path_of(test.get("at", ()))
        self.header = test.get("header", "")
        self.values = [(type_, text.encode()) for type_, text in test.get("values", ())]
        self.prefix = tuple(prefix.encode() for prefix in test.get("prefix", ()))
        self.status = test.get("status", ())


def known(value: str, all_: Iterable[str], what: str) -> None:
    if value not in all_:
        raise ValueError(f"a table with the {what} {value}, which this errkb does not know")


def path_of(place: Iterable[str]) -> Path:
    return tuple(token.encode() for token in place)


def entry_of(kind: str, row: Mapping[str, Any]) -> Entry:
    for say in (row, *row.get("overrides", ())):
        known(say["action"], ACTIONS, "action")
    known(row.get("effect", "none"), ("none", "maybe"), "effect")
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
        overrides={override["operation"]: override for override in row.get("overrides", ())},
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
