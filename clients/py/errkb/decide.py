"""The interpreter of a decision table.

A table is what ``gen table`` prints of a spec; docs/table.md of errkb has its
shape. The rules are those of the Go package classify, and the vectors of
spec/vectors hold both to them.

    read(table, reply)               what the reply says, before the table is asked what that means
    decide(table, reply)             what it means and what to do
    resend(table, decision)          whether to send it again, and after which wait, or why not
    bounds(decision, retry)          the shortest and the longest wait before a retry, or None
    policy_bounds(policy, retry)     the same of a policy

Nothing here changes what it is given, or raises for any reply. Times are seconds.
"""

from __future__ import annotations

import calendar
import math
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .document import (
    MISSING,
    Body,
    Header,
    is_in_array,
    is_utf8,
    json_at,
    json_text,
    syntaxes,
    trim_space,
)

TABLE = 1
"""The version of the tables that this reads. Any other raises a ValueError."""

MAX_BODY = 65536
MAX_PLAIN_CODE = 256

Path = tuple[bytes, ...]


@dataclass(frozen=True)
class Reply:
    """What came back from one call, or that nothing did."""

    status: int = 0
    """The HTTP status; 0 where it is not known."""
    headers: Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]] = ()
    """The header; the first of several values counts."""
    body: str | bytes | None = b""
    """The body, decompressed. At most 64 KiB of it are looked at."""
    operation: str = ""
    """The call that it answers."""
    failure: str | None = None
    """Why there was no reply: timeout, connection, dns, tls or canceled, "" for a
    reason of no known kind. Status, headers and body are then ignored."""
    sent: bool = True
    """With a failure: False where nothing of the request was sent."""


@dataclass(frozen=True)
class Reading:
    """What a reply says, before the table is asked what that means."""

    form: int = -1
    """The index of the form that was taken; -1 for none."""
    success: bool = False
    """A sign of success holds, under a status below 400."""
    test: int = -1
    """The index of that sign in the form's ok; -1 for none."""
    weak: bool = False
    """Success shows only by what is absent."""
    denied: bool = False
    """A place that tells success holds another value."""
    code: str = ""
    """The code as on the wire; "" for none."""
    place: int = -1
    """The index of its place in the form's code; -1 for none."""
    cut: bool = False
    """The body goes on after what was looked at."""


@dataclass(frozen=True)
class Entry:
    """What the table says about one code, status or failure, or about everything else."""

    kind: str
    """code, prefix, status, status_class, transport, unknown or unrecognised."""
    code: str
    action: str
    category: str = ""
    meaning: str = ""
    fix: str = ""
    effect: str = "none"
    statuses: tuple[int, ...] = ()
    retired: bool = False
    policy: int | None = None
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def say(self, operation: str) -> Entry:
        """What the entry says in an operation."""
        override = self.overrides.get(operation)
        if override is None:
            return self
        return replace(
            self,
            action=override["action"],
            category=override.get("category", ""),
            fix=override.get("fix", ""),
            policy=override.get("policy"),
        )


@dataclass(frozen=True)
class Decision:
    """What a reply means and what to do about it."""

    action: str
    """fail, retry, resubmit, wait_poll, fix_account or ok."""
    category: str
    """The catalog's own grouping; "" where no entry decided."""
    entry: Entry | None
    """The entry that decided."""
    source: str
    """What decided: the kind of the entry, or success."""
    known: bool
    """The reply holds nothing that the table does not list."""
    code: str = ""
    """The code as on the wire; "" for none."""
    operation: str = ""
    status: int = 0
    failure: str = ""
    effect: str = "none"
    """May the request have taken effect although it did not succeed: none or maybe."""
    fix: str = ""
    """What to do about it, for people."""
    policy: Mapping[str, Any] | None = None
    """The waiting rule, as in the table; None where the action does not wait."""
    server_delay: float | None = None
    """How long the server asks to wait, in seconds: 0 for a date in the past."""
    reading: Reading = Reading()
    """What the reply says: the evidence."""


@dataclass(frozen=True)
class Attempt:
    """What the caller knows of a call that did not succeed, beside the reply."""

    retry: int = 0
    """How often the call was made again so far; 0 before the first retry."""
    repeatable: bool = False
    """The call can be made twice without harm: the method is idempotent, say, or
    there is an idempotency key."""
    submits: bool = False
    """The call hands a task in: wait_poll then means that the task may be there."""
    other: bool = False
    """The request is of none of the table's operations, although none is named."""
    follows: Sequence[str] = ()
    """The actions that the caller acts on; all that wait if none is given."""


@dataclass(frozen=True)
class Resend:
    """Whether a call is to be made again, and after which wait, or why not."""

    again: bool
    shortest: float = 0
    longest: float = 0
    reason: str = ""
    """decision, effect, exhausted or server_delay; "" where it is made again."""


# Tables


KINDS = {"codes": "code", "prefixes": "prefix", "statuses": "status", "classes": "status_class", "transport": "transport"}
ACTIONS = ("fail", "retry", "resubmit", "wait_poll", "fix_account", "ok")
WAITING = ("retry", "resubmit", "wait_poll")
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
        """Cuts a code out of its text; what is empty after it is no code."""
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


# Readings


def look(test: Test, form: Form, opened: Any, body: Body) -> tuple[bool, bool]:
    """Whether a reply shows a sign of success, and else whether it has another
    value where the sign would be."""
    syntax = syntaxes[form.syntax]
    value = syntax.at(opened, test.at) if syntax.equals else MISSING
    match test.kind:
        case "equals":
            passes = value is not MISSING and any(syntax.equals(value, want) for want in test.values)
            return passes, value is not MISSING and not passes
        case "present":
            return value is not MISSING, False
        case "absent":
            return value is MISSING, False
        case "prefix":
            return (opened if form.syntax == "text" else body.text).startswith(test.prefix), False
        case "header":
            field_value = trim_space(body.header.first(test.header))
            return any(field_value == text for _, text in test.values), False
    return any(own == body.status or own < 10 and own == class_of(body.status) for own in test.status), False


def class_of(status: int) -> int:
    return int(status / 100)


def sign_of(form: Form, opened: Any, body: Body) -> tuple[int, bool, bool]:
    """Which test of a form holds, or -1: the first that is more than the absence of
    something, if one such holds; whether that is mere absence; and whether a place
    that tells success holds another value."""
    weak_test, denied = -1, False
    for i, test in enumerate(form.ok):
        passes, denies = look(test, form, opened, body)
        denied = denied or denies
        if passes and test.kind != "absent":
            return i, False, denied
        if passes and weak_test < 0:
            weak_test = i
    return weak_test, weak_test >= 0, denied


def is_code(text: bytes, prefixed: Entry | None, syntax: str) -> bool:
    """Whether a text at a place for codes, which is not listed, is one. A structured
    reply says so itself. Plain text is a code when it has a listed prefix, or when it
    is one word: pages, prose and data are not."""
    if not text or syntax != "text":
        return bool(text)
    if len(text) > MAX_PLAIN_CODE or re.search(rb"[<>{}\n\r]", text):
        return False
    return prefixed is not None or is_word(text)


def is_word(text: bytes) -> bool:
    return is_utf8(text) and all(c in "_-.:/" or unicodedata.category(c)[0] == "L" or c.isdecimal() for c in text.decode())


@dataclass(frozen=True)
class Code:
    """A code in a reply, and what the table has for it."""

    text: bytes
    place: int
    listed: Entry | None
    prefixed: Entry | None


def code_of(table: Table, form: Form, opened: Any) -> Code | None:
    """The first code at one of a form's places. Of the prefixes before a plain text,
    which can all fit at once, one that leaves a listed code wins."""
    syntax = syntaxes[form.syntax]
    first = None
    for place, path in enumerate(form.code):
        text = form.trim(syntax.text(syntax.at(opened, path)))
        if text is None:
            continue
        listed = table.listed(text)
        prefixed = None if listed else table.prefixed(text)
        if not listed and not is_code(text, prefixed, form.syntax):
            continue
        code = Code(text, place, listed, prefixed)
        if listed or form.syntax != "text":
            return code
        first = first or code
    return first


def read_reply(table: Table, body: Body) -> tuple[Reading, Code | None]:
    """Tries the forms in order, and takes the first that has something to say.
    Returns the reading, and what the table has for its code."""
    reading, code = Reading(cut=body.cut), None
    denied = False

    def take(form: int, test: int, found: Code | None, success: bool = False, weak: bool = False) -> tuple[Reading, Code | None]:
        taken = Reading(form=form, test=test, success=success, weak=weak, cut=body.cut)
        if found is None or success and not found.listed:
            return taken, None
        return replace(taken, code=found.text.decode("utf-8", "replace"), place=found.place), found

    for i, form in enumerate(table.forms):
        opened = syntaxes[form.syntax].open(body, form.in_array)
        if opened is MISSING:
            continue
        test, weak, denies = sign_of(form, opened, body)
        denied = denied or denies
        found = code_of(table, form, opened)
        if test < 0 and found is None:
            continue
        if test < 0 or body.status < 400:
            reading, code = take(i, test, found, test >= 0, weak)
            break
        # An error status overrules the sign of success. What then stands where the
        # code would be may be the result: unless it is covered, it counts only if no
        # other form holds a code.
        if found and (found.listed or found.prefixed):
            reading, code = take(i, test, found)
            break
        if found and reading.form < 0:
            reading, code = take(i, test, found)
    return replace(reading, denied=denied), code


def body_of(reply: Reply) -> Body:
    raw = reply.body or b""
    start = raw[: MAX_BODY + 1]
    if isinstance(start, str):
        start = start.encode("utf-8", "surrogatepass")
    fields = reply.headers.items() if isinstance(reply.headers, Mapping) else reply.headers
    text = trim_space(start[:MAX_BODY].removeprefix(b"\xef\xbb\xbf"))
    return Body(status=reply.status, header=Header(fields), text=text, cut=len(start) > MAX_BODY)


def read(table: Table, reply: Reply) -> Reading:
    """Says what a reply says, before the table is asked what that means."""
    return Reading() if reply.failure is not None else read_reply(table, body_of(reply))[0]


# Decisions


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


# Delays


def server_delay(table: Table, body: Body, now: float | None) -> float | None:
    """The first delay that the reply gives."""
    for delay in table.delays:
        unit = nanoseconds(delay.get("unit_ms", 1000))
        if "header" in delay:
            asked = parse_header(delay["header"], body.header, unit, now)
        else:
            asked = parse_member(path_of(delay.get("at", ())), body, unit)
        if asked is not None:
            return asked / 1e9
    return None


def parse_header(name: str, header: Header, unit: int, now: float | None) -> int | None:
    text = trim_space(header.first(name))
    if not text:
        return None
    digits = parse_digits(text, unit)
    if digits is not None:
        return digits
    date = parse_date(text)
    if date is not None:
        own = parse_date(header.first("Date"))
        if own is None:
            return saturate((date - (time.time() if now is None else now)) * 1e9)
        return saturate((date - own) * 10**9)
    if name.lower() == "retry-after":
        return None
    decimal = None if re.search(rb"[eE]", text) else parse_decimal(text, unit)
    return parse_duration(text) if decimal is None else decimal


def parse_member(at: Path, body: Body, unit: int) -> int | None:
    opened = syntaxes["json"].open(body, is_in_array(at))
    text = None if opened is MISSING else json_text(json_at(opened, at))
    if not text:
        return None
    decimal = parse_decimal(text, unit)
    return parse_duration(text) if decimal is None else decimal


def parse_digits(text: bytes, unit: int) -> int | None:
    if not re.fullmatch(rb"[0-9]+", text):
        return None
    digits = text.lstrip(b"0")
    return LONGEST if len(digits) > 19 else saturate(int(digits or b"0") * unit)


def parse_decimal(text: bytes, unit: int) -> int | None:
    if not re.fullmatch(rb"[0-9][0-9.eE+-]*", text):
        return None
    try:
        return scale(unit, float(text))
    except ValueError:
        return None


UNITS = {b"ns": 1, b"us": 10**3, "\u00b5s".encode(): 10**3, "\u03bcs".encode(): 10**3, b"ms": 10**6, b"s": 10**9, b"m": 60 * 10**9, b"h": 3600 * 10**9}
DURATION_PART = re.compile(rb"([0-9]*)(?:\.([0-9]*))?([^0-9.]+)")


def parse_duration(text: bytes) -> int | None:
    """Reads a text such as 3.5s or 1m30s, as Go's time.ParseDuration."""
    total = at = 0
    while at < len(text):
        part = DURATION_PART.match(text, at)
        unit = UNITS.get(part[3]) if part else None
        if not part or unit is None or not (part[1] or part[2]):
            return None
        whole = part[1].lstrip(b"0")
        total += (LONGEST if len(whole) > 19 else int(whole or b"0")) * unit + part_of(part[2] or b"", unit)
        at = part.end()
    return saturate(total)


def part_of(fraction: bytes, unit: int) -> int:
    """The part of a unit that is written after the point. Digits that 63 bits do not
    hold are dropped."""
    digits, scale_ = 0, 1.0
    for digit in fraction:
        more = digits * 10 + digit - ord("0")
        if more > 2**63:
            break
        digits, scale_ = more, scale_ * 10
    return int(digits * (unit / scale_))


DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = "(?:" + "|".join(day[:3] for day in DAYS) + ")"
MONTH = "(?P<month>" + "|".join(MONTHS) + ")"
CLOCK = "(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:[.,](?:0{9}[0-9]*|0+))?"
DATES = [
    re.compile(date.encode(), re.IGNORECASE)
    for date in (
        f"{DAY}, +(?P<day>[0-9]{{2}}) +{MONTH} +(?P<year>[0-9]{{4}}) +{CLOCK} +(?P<zone>GMT)",
        f"(?:{'|'.join(DAYS)}), +(?P<day>[0-9]{{2}})-{MONTH}-(?P<year>[0-9]{{2}}) +{CLOCK} +(?P<zone>GMT|UTC)",
        f"{DAY} +{MONTH} +(?P<day>[0-9]{{1,2}}) +{CLOCK} +(?P<year>[0-9]{{4}})(?P<zone>)",
    )
]


def parse_date(text: bytes) -> int | None:
    """The time of an HTTP date in its three forms, in seconds since 1970."""
    found = next((m for m in (date.fullmatch(text) for date in DATES) if m), None)
    if not found or found["zone"] != found["zone"].upper():
        return None
    year, day, hour, minute, second = (int(found[name]) for name in ("year", "day", "hour", "minute", "second"))
    month = MONTHS.index(found["month"].lower().decode()) + 1
    if len(found["year"]) == 2:
        year += 1900 if year >= 69 else 2000
    leap = month == 2 and calendar.isleap(year)
    if not 1 <= day <= (calendar.mdays[month] + leap) or hour > 23 or minute > 59 or second > 59:
        return None
    return ((days_before(year, month) + day - 1) * 24 + hour) * 3600 + minute * 60 + second


def days_before(year: int, month: int) -> int:
    """Days from 1970 to the start of a month, in any year from 0 on."""
    last = year - 1
    days = year * 365 + last // 4 - last // 100 + last // 400
    leap = month > 2 and calendar.isleap(year)
    return days + sum(calendar.mdays[:month]) + leap - 719527


# Waits


LONGEST = 2**63 - 1
"""The longest duration, in nanoseconds: some 292 years."""

SERVER_DELAY_MAX_MS = 300000


def saturate(ns: float) -> int:
    """Cuts the fraction off, and what a wait can't be."""
    if not ns > 0:  # also NaN
        return 0
    return LONGEST if ns >= LONGEST else int(ns)


def scale(ns: int, by: float) -> int:
    """Multiplies and rounds half up, saturating."""
    exact = ns * by
    if not exact < 2**63:
        return saturate(exact)
    whole = math.floor(exact)
    return saturate(whole + (exact - whole >= 0.5))


def nanoseconds(ms: float) -> int:
    return saturate(ms * 10**6) if isinstance(ms, int) else scale(10**6, ms)


def power(base: float, exponent: int) -> float:
    """Multiplies in the order of Go's math.Pow, so that both round alike."""
    result, base = 1.0, float(base)
    while exponent > 0:
        if exponent & 1:
            result *= base
        base *= base
        exponent >>= 1
    return result


def limit(policy: Mapping[str, Any]) -> int:
    return nanoseconds(policy.get("max_ms", 0)) or LONGEST


def growth(policy: Mapping[str, Any], retry: int) -> int:
    wait = nanoseconds(policy.get("base_ms", 0))
    if policy["growth"] == "linear":
        wait = scale(wait, float(retry) + 1)
    if policy["growth"] == "exponential":
        factor = policy.get("factor", 1)
        wait = scale(wait, power(factor, retry) if factor > 1 else 1)
    return min(wait, limit(policy))


def window(policy: Mapping[str, Any], wait: int) -> tuple[int, int]:
    """The bounds of a wait with jitter, before they are cut."""
    jitter = policy.get("jitter", {})
    if jitter.get("full"):
        return 0, wait
    if jitter.get("spread", 0) > 0:
        part = scale(wait, jitter["spread"])
        return max(0, wait - part), min(wait + part, LONGEST)
    return wait, min(wait + nanoseconds(jitter.get("add_ms", 0)), LONGEST)


def width(policy: Mapping[str, Any], retry: int, asked: int) -> int:
    """The jitter on a delay that the server asks for."""
    jitter = policy.get("jitter", {})
    if jitter.get("full"):
        return growth(policy, retry)
    if jitter.get("spread", 0) > 0:
        return scale(asked, jitter["spread"])
    return nanoseconds(jitter.get("add_ms", 0))


def policy_bounds(policy: Mapping[str, Any], retry: int, delay: float = 0) -> tuple[float, float]:
    """The shortest and the longest wait before a retry, of which the first is 0.
    Where jitter would pass the policy's longest wait, the window slides down to end
    there. A delay that the server asks for is never shortened."""
    retry = max(0, retry)
    asked = scale(10**9, delay)
    if asked > 0:
        return asked / 1e9, min(asked + width(policy, retry, asked), LONGEST) / 1e9
    shortest, longest = window(policy, growth(policy, retry))
    most = limit(policy)
    if longest > most:
        shortest, longest = max(0, shortest - (longest - most)), most
    return shortest / 1e9, longest / 1e9


def asks_too_much(d: Decision) -> bool:
    if d.server_delay is None or d.policy is None:
        return False
    most = nanoseconds(d.policy.get("server_delay_max_ms", 0) or SERVER_DELAY_MAX_MS)
    return scale(10**9, d.server_delay) > most


def bounds(d: Decision, retry: int) -> tuple[float, float] | None:
    """The shortest and the longest wait before a retry, of which the first is 0;
    None where there is no wait."""
    if d.action not in WAITING or d.policy is None or asks_too_much(d):
        return None
    return policy_bounds(d.policy, retry, d.server_delay or 0)


# Sending again


def resend(table: Table, d: Decision, attempt: Attempt = Attempt()) -> Resend:
    """Decides whether to send the request again. The wait is any from shortest to
    longest."""
    if d.action not in WAITING:
        return Resend(False, reason="decision")
    if harms(d, attempt) and not attempt.repeatable and (attempt.other or not table.repeats(d.operation)):
        return Resend(False, reason="effect")
    if attempt.follows and d.action not in attempt.follows:
        return Resend(False, reason="decision")
    if d.policy is None:
        return Resend(False, reason="exhausted")
    wait = bounds(d, attempt.retry)
    if wait is None:
        return Resend(False, reason="server_delay")
    if d.policy["retries"] != -1 and max(0, attempt.retry) >= d.policy["retries"]:
        return Resend(False, reason="exhausted")
    return Resend(True, *wait)


def harms(d: Decision, attempt: Attempt) -> bool:
    """Whether the call, made again, could do the same twice."""
    if d.action == "wait_poll":
        return attempt.submits
    return d.effect == "maybe" and (d.action == "retry" or attempt.submits)
