"""What a reply says for support, and what of it is secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .body import Body, Path, shown, trim_space
from .jsontext import Object
from .syntax import JSON, MOST_FOUND, XML, Document
from .table import Place, Table
from .values import Decision, Entry, Reading
from .wrapped import open_form
from .xmltext import Element

MOST_NOTED = 256
SECRET = b"[secret]"
MIN_SECRET = 4


def note(table: Table, d: Decision, body: Body, listed: Entry | None) -> Decision:
    """Adds what a reply without success says for support, and cuts from all that it says
    what is secret."""
    secrets = secrets_of(table, body)
    reading = hide_in(d.reading, listed, secrets)
    request_id, field = (
        "" if d.source == "success" else shown(shorten(hide(noted(places, body, table), secrets)))
        for places in (table.request_id, table.field)
    )
    return replace(d, reading=reading, code=d.code and reading.code, also=reading.also, request_id=request_id, field=field)


def documents_of(table: Table, body: Body, places: Sequence[Place]) -> Iterator[Document]:
    """Those documents of a reply that places look into: those that are wrapped in the
    body, and then the body itself."""
    if any(place.json is not None for place in places):
        yield from filter(None, (open_form(form, body) for form in table.forms if form.wrapping))
        if document := JSON.open(body, body.text, True):
            yield document
    if any(place.xml for place in places) and (document := XML.open(body, body.text, True)):
        yield document


def path_in(document: Document, place: Place) -> Path | None:
    return place.json if document.syntax is JSON else place.xml


def named(document: Document, value: object) -> bytes:
    return trim_space(document.syntax.text(value) or b"")


def texts_at(place: Place, body: Body, documents: Iterable[Document]) -> Iterator[bytes]:
    if place.header:
        yield body.header.field(place.header)
    for document in documents:
        path = path_in(document, place)
        if path is not None:
            yield from (named(document, value) for value in document.values(path))


def noted(places: Sequence[Place], body: Body, table: Table) -> bytes:
    """The text or the number at the first of some places that holds one."""
    documents = list(documents_of(table, body, places))
    return next((text for place in places for text in texts_at(place, body, documents) if text), b"")


def shorten(text: bytes) -> bytes:
    """Cuts a text that is too long for a name, between two characters."""
    if len(text) <= MOST_NOTED:
        return text
    end = MOST_NOTED
    while end > MOST_NOTED - 4 and 0x80 <= text[end] < 0xC0:
        end -= 1
    return text[:end] + "…".encode()


def secrets_of(table: Table, body: Body) -> list[bytes]:
    """The texts of a reply at all places that are secret, and all texts that an object, an
    array or an element there holds."""
    texts = [trim_space(line) for place in table.secret if place.header for line in body.header.lines(place.header)]
    texts += [credentials(line) for line in texts]
    for document in documents_of(table, body, table.secret):
        for place in table.secret:
            path = path_in(document, place)
            if path is not None:
                values = list(document.syntax.at(document, path))[:MOST_FOUND]
                texts += [text for value in values for text in texts_below(value)]
    # A code is in UTF-8 by now, whatever stood in the reply.
    return [own for text in texts if text for own in (text, shown(text).encode())]


def texts_below(value: object) -> Iterator[bytes]:
    """The texts and numbers in a JSON value or an element."""
    rest = [value]
    while rest:
        own = rest.pop()
        if isinstance(own, bytes):
            yield trim_space(bytes(own))
        elif isinstance(own, Element):
            yield trim_space(bytes(own.text))
            rest += own.attributes + own.children
        elif isinstance(own, Object):
            rest += [member for _, member in own]
        elif isinstance(own, list):
            rest += own


def credentials(line: bytes) -> bytes:
    """What in a header field is secret without its name: what follows the scheme in
    "Bearer abc", and the value in "session=abc; Path=/"."""
    first = trim_space(line.partition(b";")[0])
    return trim_space(first.partition(b" " if b" " in first else b"=")[2])


CONTROLS = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
REFERENCES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}


def escaped_pattern(secret: bytes) -> re.Pattern[bytes]:
    """A pattern of a secret as a JSON or an XML document writes it. How many backslashes
    there are does not count: they are more in a document within another."""
    parts = []
    for c in shown(secret).replace("\\", ""):
        units = c.encode("utf-16-be")
        hexes = (f"{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
        ways = ["".join(rf"\\+u(?i:{own})" for own in hexes)]
        if c in CONTROLS:
            ways.append(rf"\\+{CONTROLS[c]}")
        named = [f"&{REFERENCES[c]};"] if c in REFERENCES else []
        written = [*named, f"&#0*{ord(c)};", f"&#x0*(?i:{ord(c):x});"]
        before = "|".join([*ways, rf"\\*(?:{'|'.join(written)}|"]).encode()
        parts.append(b"(?:" + before + re.escape(c.encode()) + b"))")
    return re.compile(b"".join(parts))


def hide(text: bytes, secrets: Sequence[bytes]) -> bytes:
    """A text with a mark in place of each secret in it. Where secrets overlap one mark
    stands for both. A short one may be part of any word."""
    if text in secrets:
        return SECRET
    hidden: set[int] = set()
    for secret in secrets:
        at = text.find(secret) if len(shown(secret)) >= MIN_SECRET else -1
        while at >= 0:
            hidden.update(range(at, at + len(secret)))
            at = text.find(secret, at + 1)
        if len(shown(secret)) >= MIN_SECRET and (b"\\" in text or b"&" in text):
            escaped = escaped_pattern(secret)
            for start in range(len(text)):
                # What follows a backslash belongs to what is tried before.
                found = None if text[start - 1 : start] == b"\\" else escaped.match(text, start)
                hidden.update(range(start, found.end() if found else start))
    if not hidden:
        return text
    marks = (SECRET if i - 1 not in hidden else b"" for i in range(len(text)))
    return b"".join(mark if i in hidden else text[i : i + 1] for i, mark in enumerate(marks))


def hide_in(reading: Reading, listed: Entry | None, secrets: Sequence[bytes]) -> Reading:
    """Cuts secrets from what a reply says. A listed code is the table's own text."""
    code = reading.code if listed else shown(hide(reading.code.encode(), secrets))
    return replace(reading, code=code, also=shown(hide(reading.also.encode(), secrets)))
