"""How long the server asks to wait."""

from __future__ import annotations

import calendar
import re
import time

from .body import MISSING, Body, Header, Path, trim_space
from .jsontext import is_in_array, json_at, json_text
from .syntax import syntaxes
from .table import Table, path_of
from .wait import LONGEST, nanoseconds, saturate, scale


def server_delay(table: Table, body: Body, now: float | None) -> float | None:
    """The first delay that the reply gives."""
    for delay in table.delays:
        unit = nanoseconds(delay["unit_ms"])
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
