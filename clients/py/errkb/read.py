"""What a reply says, before the table is asked what that means."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from .ask import STRONG, WEAK, ask, may_change
from .body import Body, body_of, is_utf8, shown
from .jsontext import Number, complete_json
from .place import hide, hide_in, secrets_of
from .syntax import Document
from .table import LEAST_LOOK, Form, Table
from .values import Entry, Reading, Reply
from .wrapped import open_form

MAX_PLAIN_CODE = 256


@dataclass
class Sign:
    """What a form's tests say of success."""

    test: int = -1
    held: int = 0
    failed: bool = False
    denied: bool = False
    open: bool = False
    """What is missing of the document may say success."""
    may_fail: bool = False
    """What is missing of the document may say failure."""


def sign_of(form: Form, document: Document) -> Sign:
    """Tries the tests of failure, and then those of success until one says it for
    certain."""
    sign = Sign()
    unsure = [test for test in form.fail if may_change(test, document)]
    if any(ask(test, document)[0] > 0 for test in form.fail if test not in unsure):
        return Sign(failed=True)
    for i, test in enumerate(form.ok):
        if may_change(test, document):
            sign.open = True
            continue
        held, denied = ask(test, document)
        sign.denied = sign.denied or denied
        if held > sign.held:
            sign.test, sign.held = i, held
        if held == STRONG:
            break
    sign.may_fail = bool(unsure)
    if sign.may_fail and sign.held:
        sign.held, sign.open = 0, True
    return sign


DOUBTFUL, UNLISTED, PREFIXED, LISTED = 1, 2, 3, 4
"""How well the table knows a code. A doubtful one may be the result."""


@dataclass(frozen=True)
class Code:
    """A code in a reply, and what the table has for it."""

    rank: int = 0
    text: bytes = b""
    place: int = -1
    listed: Entry | None = None
    prefixed: Entry | None = None


NO_CODE = Code()


def code_in(table: Table, form: Form, text: bytes, is_number: bool, least: int) -> Code:
    """Takes a text at a place for codes for a code, if it is one. A structured reply
    says so itself. Plain text is a code when the table has it, or when it is one word:
    pages, prose and data are not. Codes of a rank below least don't count."""
    if text in form.none:
        return NO_CODE
    listed = table.listed(text)
    if not listed and is_number:
        listed = table.listed_number(text)
    if listed:
        return Code(LISTED, text, listed=listed)
    if least == LISTED or not text or form.syntax == "text" and not may_be_code(text):
        return NO_CODE
    prefixed = table.prefixed(text)
    if prefixed:
        return Code(PREFIXED, text, prefixed=prefixed)
    if least > UNLISTED or form.syntax == "text" and not is_word(text):
        return NO_CODE
    return Code(UNLISTED, text)


def may_be_code(text: bytes) -> bool:
    return len(text) <= MAX_PLAIN_CODE and not re.search(rb"[<>{}\n\r]", text) and text not in (b"null", b"true", b"false")


def is_word(text: bytes) -> bool:
    return is_utf8(text) and all(c in "_-.:/" or unicodedata.category(c)[0] == "L" or c.isdecimal() for c in text.decode())


def code_of(table: Table, form: Form, document: Document, least: int) -> tuple[Code, bytes]:
    """The code that the table knows best of those at a form's places, the first of
    these, and the first one that is not listed before it."""
    best, also = NO_CODE, b""
    for place, path in enumerate(form.code):
        for value in document.values(path):
            raw = document.syntax.text(value)
            if document.cut and form.syntax == "text" and not ends_code(form, document, raw):
                continue
            text = form.trim(raw)
            code = NO_CODE if text is None else code_in(table, form, text, isinstance(value, Number), least)
            if code.rank <= best.rank:
                continue
            if best.rank == UNLISTED and form.syntax != "text":  # where several prefixes find one text
                also = also or best.text
            best = replace(code, place=place)
            if best.rank == LISTED:
                return best, also
    return best, also


def ends_code(form: Form, document: Document, text: bytes | None) -> bool:
    """Whether a code in a text that is cut ends before the cut."""
    return document.body.gap or text is not None and form.before != b"" and form.before in text


def is_plain(start: bytes) -> bool:
    """Whether the start of a body is that of a text too long for a code, or of data: no
    form finds a code in what is missing of it."""
    return len(start) >= LEAST_LOOK and start[:1] not in (b"{", b"[", b"<")


def read_reply(table: Table, body: Body) -> tuple[Reading, Code, bool]:
    """Looks into the forms in order. It takes the first that says success or holds a
    listed code, and else of all codes the one that the table knows best. Success that
    only shows by weak signs has to wait until all are looked into. Returns the
    reading, what the table has for its code, and whether what is missing of the body may
    say success."""
    pending = may_fail = False
    reading, best = Reading(cut=body.cut), NO_CODE
    maybe: tuple[int, Sign] | None = None

    def take_code(form: int, sign: Sign, code: Code) -> tuple[Reading, Code, bool]:
        also = reading.also or (shown(best.text) if best.rank == UNLISTED else "")
        return replace(reading, form=form, test=sign.test, code=shown(code.text), place=code.place, also=also), code, pending

    def take_success(form: int, sign: Sign, code: Code) -> tuple[Reading, Code, bool]:
        code = code if code.rank == LISTED else NO_CODE
        own = replace(reading, form=form, test=sign.test, success=True, weak=sign.held == WEAK)
        return replace(own, code=shown(code.text), place=code.place, also=""), code, pending

    for i, form in enumerate(table.forms):
        document = open_form(form, body)
        if document is None:
            continue
        sign = sign_of(form, document)
        may_fail = may_fail or sign.may_fail
        succeeds = sign.held > 0 and body.status < 400 and best.rank < UNLISTED
        was_pending = pending
        if document.cut and body.status < 400:
            certain = sign.held == STRONG or is_plain(body.text)
            succeeds = succeeds and certain and not document.syntax.equals and not pending
            pending = pending or body.text != b"" and not succeeds and (sign.open or sign.held > 0)
        # What else than a listed code stands beside a sign of success may be the result.
        least = UNLISTED if not succeeds else PREFIXED if sign.held == WEAK else LISTED
        code, also = code_of(table, form, document, least)
        reading = replace(
            reading, denied=reading.denied or sign.denied, failed=reading.failed or sign.failed, also=reading.also or shown(also)
        )
        if succeeds and code.listed and not code.listed.is_in(body.operation):
            code = NO_CODE
        if code.listed and body.cut and (was_pending or document.cut and code.listed.is_ok(body.operation)):
            continue
        if code.listed and not (succeeds and code.listed.is_ok(body.operation)):
            return take_code(i, sign, code)
        if succeeds and (sign.held == STRONG or code.rank == LISTED):
            return take_success(i, sign, code)
        if succeeds and code.rank < PREFIXED:
            maybe = maybe or (i, sign)
            continue
        if sign.held > 0 and body.status >= 400 and code.rank == UNLISTED:
            code = replace(code, rank=DOUBTFUL)  # an error status overrules the sign of success
        if code.rank > best.rank:
            reading, best, _ = take_code(i, sign, code)
    if maybe and not reading.failed and not may_fail and best.rank < PREFIXED:
        return take_success(*maybe, NO_CODE)
    if pending:  # where success may follow, a code that is not listed may be the result
        reading, best = replace(reading, form=-1, test=-1, place=-1, code="", also=""), NO_CODE
    return reading, best, pending


def open_reply(table: Table, reply: Reply) -> Body:
    return body_of(reply, table.look(reply.operation), complete_json)


def read(table: Table, reply: Reply) -> Reading:
    """Says what a reply says, before the table is asked what that means."""
    if reply.failure is not None:
        return Reading()
    body = open_reply(table, reply)
    reading, code, _ = read_reply(table, body)
    return hide_in(reading, code.listed, secrets_of(table, body)) if table.secret else reading


def redact(table: Table, reply: Reply, text: str) -> str:
    """A text, such as a body before it is logged, with a mark in place of what the table
    says is secret in a reply."""
    if reply.failure is not None or not table.secret:
        return text
    return shown(hide(text.encode("utf-8", "surrogatepass"), secrets_of(table, open_reply(table, reply))))
