"""What a reply says for support, and what of it is secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .body import Body, Path, shown, trim_space
from .syntax import JSON, MOST_FOUND, XML, Document
from .table import Place, Table
from .values import Decision, Entry, Reading
from .wrapped import open_form

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
    """The texts of a reply at all places that are secret."""
    texts = [trim_space(line) for place in table.secret if place.header for line in body.header.lines(place.header)]
    for document in documents_of(table, body, table.secret):
        for place in table.secret:
            path = path_in(document, place)
            if path is not None:
                values = list(document.syntax.at(document, path))[:MOST_FOUND]
                texts += [named(document, value) for value in values]
    # A code is in UTF-8 by now, whatever stood in the reply.
    return [own for text in texts if text for own in (text, shown(text).encode())]


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
    if not hidden:
        return text
    marks = (SECRET if i - 1 not in hidden else b"" for i in range(len(text)))
    return b"".join(mark if i in hidden else text[i : i + 1] for i, mark in enumerate(marks))


def hide_in(reading: Reading, listed: Entry | None, secrets: Sequence[bytes]) -> Reading:
    """Cuts secrets from what a reply says. A listed code is the table's own text."""
    code = reading.code if listed else shown(hide(reading.code.encode(), secrets))
    return replace(reading, code=code, also=shown(hide(reading.also.encode(), secrets)))
