"""What a reply says, before the table is asked what that means."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from .body import MISSING, Body, body_of, is_utf8, trim_space
from .syntax import syntaxes
from .table import Form, Table, Test
from .values import Entry, Reading, Reply

MAX_PLAIN_CODE = 256


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
    """Which test of a form holds, or -1: the first that is neither an absence nor the
    status, if one such holds; whether it is one of these two; and whether a place that
    tells success holds another value."""
    weak_test, denied = -1, False
    for i, test in enumerate(form.ok):
        passes, denies = look(test, form, opened, body)
        denied = denied or denies
        if passes and test.kind not in ("absent", "status"):
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


def read(table: Table, reply: Reply) -> Reading:
    """Says what a reply says, before the table is asked what that means."""
    return Reading() if reply.failure is not None else read_reply(table, body_of(reply))[0]
