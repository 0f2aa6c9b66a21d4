"""The ways to look into a reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .body import MISSING, Body, Path, trim_space
from .jsontext import json_at, json_equals, json_text, parse_json
from .xmltext import parse_xml, xml_at, xml_equals, xml_value

MOST_FOUND = 100


@dataclass(frozen=True)
class Document:
    """A reply as a syntax reads it."""

    syntax: Syntax
    body: Body
    text: bytes
    root: Any = None
    cut: bool = False

    def values(self, place: Path) -> Iterator[Any]:
        """What stands at a place: all of it where the place has a *."""
        return islice(self.syntax.at(self, place), MOST_FOUND if b"*" in place else 1)

    def comparable(self, place: Path) -> Iterator[Any]:
        """The same in a syntax whose values can be compared, and else nothing."""
        return self.values(place) if self.syntax.equals else iter(())


@dataclass(frozen=True)
class Syntax:
    """A way to look into a reply: open a text of it, find what stands at a place, take
    that for a text, and compare it with a value."""

    open: Callable[[Body, bytes, bool], Document | None]
    at: Callable[[Document, Path], Iterable[Any]]
    text: Callable[[Any], bytes | None]
    equals: Callable[[Any, tuple[str, bytes]], bool] | None = None


def open_json(body: Body, text: bytes, in_array: bool) -> Document | None:
    if text[:1] == b"{" or in_array and text[:1] == b"[":
        root = body.once("json", text, parse_json)
        return None if root is MISSING else Document(JSON, body, text, root)
    return None


def open_xml(body: Body, text: bytes, _: bool) -> Document | None:
    root = body.once("xml", text, lambda text: parse_xml(text, body.cut))
    return None if root is MISSING else Document(XML, body, text, root)


def open_text(body: Body, text: bytes, _: bool) -> Document:
    if len(text) >= 2 and text[0] == text[-1] and text[:1] in (b'"', b"'"):
        text = trim_space(text[1:-1])
    return Document(TEXT, body, text)


def open_header(body: Body, text: bytes, _: bool) -> Document:
    return Document(HEADER, body, text)


def text_at(document: Document, place: Path) -> Iterator[bytes]:
    if document.text.startswith(place[0]):
        yield trim_space(document.text[len(place[0]) :])


def header_at(document: Document, place: Path) -> Iterator[bytes]:
    yield trim_space(document.body.header.first(place[0].decode()))


JSON = Syntax(open_json, lambda document, place: json_at(document.root, place), json_text, json_equals)
XML = Syntax(open_xml, lambda document, place: xml_at(document.root, place), xml_value, xml_equals)
TEXT = Syntax(open_text, text_at, lambda text: text or None)
HEADER = Syntax(open_header, header_at, lambda text: text or None)

syntaxes = {"json": JSON, "xml": XML, "text": TEXT, "header": HEADER}
