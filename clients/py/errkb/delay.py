"""How long the server asks to wait."""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Sequence

from .body import Body, trim_space
from .jsontext import is_in_array, json_at, json_text
from .syntax import JSON
from .table import Delay, Table
from .values import Decision
from .wait import LONGEST, saturate, scale


def server_delay(table: Table, d: Decision, body: Body, now: float | None) -> float | None:
    """The first delay that the reply gives. A place that holds zero, a past time or
    nothing readable lets the next one speak."""
    asked = None
    for place in places_of(table, d):
        delay = parse_delay(place, text_of(table, place, d, body), body, now)
        if delay:
            return delay / 1e9
        if delay == 0:
            asked = 0.0
    return asked


def places_of(table: Table, d: Decision) -> Sequence[Delay]:
    """The places for delays of the override, the variant, the entry or the table: the
    first of these that has some."""
    override = table.overrides[d.override - 1].delays if d.override else None
    variant = d.entry.variants[d.variant - 1].delays if d.entry and d.variant else None
    entry = d.entry.delays if d.entry else None
    return next((places for places in (override, variant, entry) if places is not None), table.delays)


def text_of(table: Table, place: Delay, d: Decision, body: Body) -> bytes | None:
    if place.header:
        return body.header.field(place.header)
    if place.code:
        length = len(place.code.decode())
        start, rest = (part.encode() for part in (d.code[:length], d.code[length:]))
        return trim_space(rest) if table.fold(start) == table.fold(place.code) else None
    document = JSON.open(body, body.text, is_in_array(place.at))
    return json_text(next(json_at(document.root, place.at), None)) if document else None


LONGEST_NUMBER = 10**9 * 10**9
"""A number of seconds over this looks like a time since 1970. In Retry-After, where
only a number of seconds can stand, it does so up to the year 2100."""
YEAR_2100 = 4102444800 * 10**9


def parse_delay(place: Delay, text: bytes | None, body: Body, now: float | None) -> int | None:
    """Reads a text as the delay that it is said to be. What can't be read is None, and
    so is nothing."""
    if not text:
        return None
    if place.as_ == "ratelimit":
        return parse_rate_limit(text)
    if place.as_ == "time":
        return parse_time(text, place.unit, body, now)
    if place.is_retry_after and not place.decimal:
        number = parse_digits(text, place.unit)
    else:
        number = None if place.header and re.search(rb"[eE]", text) else parse_decimal(text, place.unit)
    if number is not None:
        is_instant = number > LONGEST_NUMBER and not (place.is_retry_after and number >= YEAR_2100)
        return None if is_instant else number
    date = parse_date(text) if place.header else None
    if date is not None:
        return until(date * 10**9, body, now)
    return None if place.is_retry_after else parse_duration(text)


def until(when: int, body: Body, now: float | None) -> int:
    """The time until an instant, which is in nanoseconds since 1970."""
    own = parse_date(body.header.first("Date"))
    if own is None:
        return saturate(when - round((time.time() if now is None else now) * 10**9))
    return saturate(when - own * 10**9)


A_HUNDRED_YEARS = 100 * 365 * 86400 * 10**9


def parse_time(text: bytes, unit: int, body: Body, now: float | None) -> int | None:
    """Reads a point in time: a number of units since 1970, a date of RFC 3339 or one
    of HTTP. One over a hundred years ahead is in another unit."""
    since = parse_decimal(text, unit) if parse_digits(text, unit) is None else parse_digits(text, unit)
    if since is None:
        since = parse_rfc3339(text)
    date = parse_date(text)
    if since is None and date is not None:
        since = date * 10**9
    if since is None:
        return None
    delay = until(since, body, now)
    return None if delay > A_HUNDRED_YEARS else delay


RFC_3339 = re.compile(
    rb"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})T(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    rb"(?:[.,](?P<fraction>[0-9]+))?(?:Z|(?P<sign>[+-])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2}))"
)


def parse_rfc3339(text: bytes) -> int | None:
    """The time of a date of RFC 3339, in nanoseconds since 1970."""
    found = RFC_3339.fullmatch(text)
    hours, minutes = (int(found[name] or b"0") for name in ("hours", "minutes")) if found else (0, 0)
    if not found or hours > 24 or minutes > 60:
        return None
    date = seconds_of(found, int(found["year"]), int(found["month"]))
    if date is None:
        return None
    offset = (hours * 60 + minutes) * (-60 if found["sign"] == b"-" else 60)
    return (date - offset) * 10**9 + int(((found["fraction"] or b"") + b"000000000")[:9])


ITEM_PART = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?$)|[^"]', re.DOTALL)


def parse_rate_limit(text: bytes) -> int | None:
    """Reads a RateLimit field (draft-ietf-httpapi-ratelimit-headers): the longest t of
    the items whose r is 0, but for one that looks like a time since 1970."""
    longest = None
    for item in cut_items(text, b","):
        parameters = dict(trim_space(parameter).partition(b"=")[::2] for parameter in cut_items(item, b";")[1:])
        wait = parse_digits(parameters.get(b"t", b""), 10**9) if parse_digits(parameters.get(b"r", b""), 1) == 0 else None
        if wait is not None and wait <= LONGEST_NUMBER and (longest is None or wait >= longest):
            longest = wait
    return longest


def cut_items(text: bytes, separator: bytes) -> list[bytes]:
    """Splits a structured field (RFC 9651) at what is not in a string."""
    items = [b""]
    for part in ITEM_PART.findall(text):
        if part == separator:
            items.append(b"")
        else:
            items[-1] += part
    return items


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
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 69 else 2000
    return seconds_of(found, year, MONTHS.index(found["month"].lower().decode()) + 1)


def seconds_of(found: re.Match[bytes], year: int, month: int) -> int | None:
    """The time of what is written, in seconds since 1970; None where there is no such."""
    day, hour, minute, second = (int(found[name]) for name in ("day", "hour", "minute", "second"))
    if not 1 <= month <= 12 or hour > 23 or minute > 59 or second > 59:
        return None
    leap = month == 2 and calendar.isleap(year)
    if not 1 <= day <= calendar.mdays[month] + leap:
        return None
    return ((days_before(year, month) + day - 1) * 24 + hour) * 3600 + minute * 60 + second


def days_before(year: int, month: int) -> int:
    """Days from 1970 to the start of a month, in any year from 0 on."""
    last = year - 1
    days = year * 365 + last // 4 - last // 100 + last // 400
    leap = month > 2 and calendar.isleap(year)
    return days + sum(calendar.mdays[:month]) + leap - 719527
