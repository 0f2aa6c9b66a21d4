"""The ways to look into a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .body import MISSING, Body, Header, Path, trim_space
from .jsontext import json_at, json_equals, json_text, parse_json
from .xmltext import parse_xml, xml_at, xml_equals, xml_value


@dataclass(frozen=True)
class Syntax:
    """A way to look into a reply: open it for some places, find what stands at one,
    take that for a text, and compare it with a value."""

    open: Callable[[Body, bool], Any]
    at: Callable[[Any, Path], Any]
    text: Callable[[Any], bytes | None]
    equals: Callable[[Any, tuple[str, bytes]], bool] | None = None


def open_json(body: Body, in_array: bool) -> Any:
    if body.text[:1] == b"{" or in_array and body.text[:1] == b"[":
        return body.once("json", parse_json)
    return MISSING


def open_text(body: Body, _: bool) -> bytes:
    text = body.text
    if len(text) >= 2 and text[0] == text[-1] and text[:1] in (b'"', b"'"):
        return trim_space(text[1:-1])
    return text


def text_at(text: bytes, place: Path) -> bytes | None:
    return trim_space(text[len(place[0]) :]) or None if text.startswith(place[0]) else None


def header_at(header: Header, place: Path) -> bytes | None:
    return trim_space(header.first(place[0].decode())) or None


syntaxes = {
    "json": Syntax(open_json, json_at, json_text, json_equals),
    "xml": Syntax(lambda body, _: body.once("xml", parse_xml), xml_at, xml_value, xml_equals),
    "text": Syntax(open_text, text_at, lambda text: text),
    "header": Syntax(lambda body, _: body.header, header_at, lambda text: text),
}
