"""Looking into a reply: JSON, XML, plain text and the header, in bytes. What a
reply holds need not be UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[bytes, ...]

MISSING: Any = object()
"""What is not there. None is JSON's null."""

SPACES = ("\u0085", "\u00a0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u2028", "\u2029", "\u202f", "\u205f", "\u3000")
FIRST_SPACE = re.compile(rb"(?:[\t-\r ]|" + b"|".join(s.encode() for s in SPACES) + rb")*")
LAST_SPACE = re.compile(rb"(?:[\t-\r ]|" + b"|".join(s.encode()[::-1] for s in SPACES) + rb")*")


def trim_space(text: bytes) -> bytes:
    """Drops what Unicode calls white space. Python has another list."""
    text = text[FIRST_SPACE.match(text).end() :]  # type: ignore[union-attr]
    return text[: len(text) - LAST_SPACE.match(text[::-1]).end()]  # type: ignore[union-attr]


def is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


class Header:
    """The fields of a header, in bytes."""

    def __init__(self, fields: Iterable[tuple[str, str | Sequence[str]]]) -> None:
        self.fields = list(fields)

    def first(self, name: str) -> bytes:
        """The first value of a field, whose name is matched in any case; of several
        spellings the exact one counts, or else the least."""
        spellings = [(key != name, key, i) for i, (key, _) in enumerate(self.fields) if key.lower() == name.lower()]
        if not spellings:
            return b""
        value = self.fields[min(spellings)[2]][1]
        if not isinstance(value, str):
            value = value[0] if value else ""
        return value.encode("utf-8", "surrogatepass")


@dataclass
class Body:
    """A reply in bytes, trimmed. What was parsed of it is kept."""

    status: int
    header: Header
    text: bytes
    cut: bool
    parsed: dict[str, Any] = field(default_factory=dict)

    def once(self, syntax: str, parse: Callable[[bytes], Any]) -> Any:
        if syntax not in self.parsed:
            self.parsed[syntax] = parse(self.text)
        return self.parsed[syntax]


# JSON


MOST_NESTED = 10000
JSON_TOKEN = re.compile(
    rb"[ \t\n\r]*(?:"
    rb"(?P<mark>[{}\[\],:])"
    rb'|(?P<string>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*")'
    rb"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    rb"|(?P<word>true|false|null))"
)
JSON_SPACE = re.compile(rb"[ \t\n\r]*")
ESCAPES = re.compile(rb"((?:\\u[0-9A-Fa-f]{4})+)|\\(.)", re.DOTALL)
ESCAPED = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
WORDS = {b"true": True, b"false": False, b"null": None}


class Number(bytes):
    """A JSON number as it is written."""


def parse_json(text: bytes) -> Any:
    """The value that is written: strings and names as bytes, numbers as Number;
    MISSING for what is no JSON. It does not recurse."""
    root: list[Any] = []
    stack: list[Any] = [root]
    names: list[bytes] = []
    expected, at = "value", 0
    while len(stack) > 1 or not root:
        token = JSON_TOKEN.match(text, at)
        if not token:
            return MISSING
        at = token.end()
        kind, mark = token.lastgroup, token["mark"]
        if kind == "string" and expected in ("name", "first name"):
            names.append(unescape(token["string"]))
            expected = "colon"
        elif mark == b":" and expected == "colon":
            expected = "value"
        elif mark == b"," and expected == "next":
            expected = "name" if isinstance(stack[-1], dict) else "value"
        elif mark == b"}" and isinstance(stack[-1], dict) and expected in ("first name", "next"):
            stack.pop()
            expected = "next"
        elif mark == b"]" and len(stack) > 1 and isinstance(stack[-1], list) and expected in ("first value", "next"):
            stack.pop()
            expected = "next"
        elif expected in ("value", "first value") and mark in (None, b"{", b"["):
            value = json_value(token)
            if isinstance(stack[-1], dict):
                stack[-1][names.pop()] = value
            else:
                stack[-1].append(value)
            expected = "next"
            if mark:
                stack.append(value)
                expected = "first name" if mark == b"{" else "first value"
            if len(stack) > MOST_NESTED + 1:
                return MISSING
        else:
            return MISSING
    return root[0] if JSON_SPACE.fullmatch(text, at) else MISSING


def json_value(token: re.Match[bytes]) -> Any:
    if token["string"] is not None:
        return unescape(token["string"])
    if token["number"] is not None:
        return Number(token["number"])
    if token["word"] is not None:
        return WORDS[token["word"]]
    return {} if token["mark"] == b"{" else []


def unescape(string: bytes) -> bytes:
    inner = string[1:-1]
    return ESCAPES.sub(escaped, inner) if b"\\" in inner else inner


def escaped(found: re.Match[bytes]) -> bytes:
    if found[2]:
        return ESCAPED.get(found[2], found[2])
    units = bytes.fromhex(found[1].decode().replace("\\u", ""))
    return replaced(units).encode()


def replaced(units: bytes) -> str:
    """The text of UTF-16 units, with U+FFFD for each half pair."""
    text = units.decode("utf-16-be", "surrogatepass")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def is_index(token: bytes) -> bool:
    return re.fullmatch(rb"0|[1-9][0-9]{0,8}", token) is not None


def is_in_array(place: Path) -> bool:
    return len(place) > 0 and (place[0] == b"*" or is_index(place[0]))


def json_at(value: Any, place: Path) -> Any:
    """What stands at a place; MISSING for nothing."""
    if not place:
        return value
    name, rest = place[0], place[1:]
    if isinstance(value, dict):
        return json_at(value[name], rest) if name in value else MISSING
    if not isinstance(value, list):
        return MISSING
    if name == b"*":
        items = value
    else:
        items = value[int(name) : int(name) + 1] if is_index(name) else []
    return next((found for item in items if (found := json_at(item, rest)) is not MISSING), MISSING)


def json_text(value: Any) -> bytes | None:
    return bytes(value) if isinstance(value, bytes) else None


def json_equals(value: Any, want: tuple[str, bytes]) -> bool:
    type_, text = want
    if type_ == "bool":
        return value is (text == b"true")
    if not isinstance(value, bytes) or isinstance(value, Number) is not (type_ == "number"):
        return False
    return bytes(value) == text or type_ == "number" and same_number(value, text)


def same_number(a: bytes, b: bytes) -> bool:
    return float(a) == float(b) and abs(float(a)) != float("inf")


# XML


NAME = re.compile(rb"[A-Za-z0-9_:.\-\x80-\xff]+")
BLANK = re.compile(rb"[ \r\n\t]*")
TAG_END = re.compile(rb"/?>")
ATTRIBUTE_VALUE = re.compile(rb"[ \r\n\t]*=[ \r\n\t]*(?:\"[^<\"]*\"|'[^<']*')")
TEXT = re.compile(rb"[^<]+")
NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
LINE_END = re.compile(rb"\r\n?")
REFERENCE = re.compile(rb"&(?:(lt|gt|amp|apos|quot);|#([0-9]+);|#x([0-9A-Fa-f]+);)?")
ENTITIES = {b"lt": b"<", b"gt": b">", b"amp": b"&", b"apos": b"'", b"quot": b'"'}


class NotXML(Exception):
    pass


@dataclass
class Element:
    tag: bytes
    children: list[Element] = field(default_factory=list)
    text: bytearray = field(default_factory=bytearray)

    @property
    def name(self) -> bytes:
        """The name without its prefix."""
        prefix, _, local = self.tag.partition(b":")
        return local if prefix and local else self.tag


class Reader:
    """Reads a document from its start, as strictly as Go's encoding/xml: names lose
    their prefix, which need not be declared, and there are no entities but the five."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.at = 0

    def take(self, pattern: re.Pattern[bytes]) -> bytes | None:
        found = pattern.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        return found[0]

    def skip(self, start: bytes) -> bool:
        found = self.text.startswith(start, self.at)
        if found:
            self.at += len(start)
        return found

    def need(self, start: bytes) -> None:
        if not self.skip(start):
            raise NotXML

    def take_to(self, end: bytes) -> bytes:
        at = self.text.find(end, self.at)
        if at < 0:
            raise NotXML
        part = self.text[self.at : at]
        self.at = at + len(end)
        return part

    def take_name(self) -> bytes:
        name = self.take(NAME) or b""
        if not is_name(name):
            raise NotXML
        return name

    def take_tag(self) -> bytes:
        tag = self.take_name()
        if tag.count(b":") > 1:
            raise NotXML
        return tag

    def skip_instruction(self) -> None:
        """Reads a processing instruction. A document in a single-byte encoding is
        taken for ISO 8859-1: codes are ASCII in all of them."""
        target = self.take_name()
        self.take(BLANK)
        content = self.take_to(b"?>")
        if target != b"xml":
            return
        if instruction(b"version=", content) not in (b"", b"1.0"):
            raise NotXML
        if instruction(b"encoding=", content).lower() not in (b"", b"utf-8"):
            self.text = self.text[self.at :].decode("latin-1").encode()
            self.at = 0

    def skip_directive(self) -> None:
        """Reads a document type. The first byte of it stands for nothing."""
        quoted, depth = b"", 0
        self.at += 1
        while self.at < len(self.text):
            c = self.text[self.at : self.at + 1]
            if not quoted and self.skip(b"<!--"):
                self.take_to(b"-->")
                continue
            self.at += 1
            if quoted:
                quoted = b"" if c == quoted else quoted
            elif c in b"\"'":
                quoted = c
            elif c == b"<":
                depth += 1
            elif c == b">":
                if depth == 0:
                    return
                depth -= 1
        raise NotXML

    def take_attributes(self) -> bool:
        """Reads the attributes of a tag, and returns whether it stays open."""
        while True:
            self.take(BLANK)
            end = self.take(TAG_END)
            if end:
                return end == b">"
            self.take_tag()
            value = self.take(ATTRIBUTE_VALUE)
            if not value:
                raise NotXML
            xml_text(value)


def is_name(name: bytes) -> bool:
    """Which characters beyond ASCII a name may have is known as well as Unicode's
    classes tell."""
    if not name or not is_utf8(name):
        return False
    first, *rest = name.decode()
    if first not in "_:" and unicodedata.category(first)[0] != "L":
        return False
    return all(c in "_:.-\u00b7" or unicodedata.category(c)[0] in "LMN" for c in rest)


def instruction(parameter: bytes, content: bytes) -> bytes:
    """The value of a parameter in an XML declaration, as loosely as encoding/xml
    looks for it."""
    at = 0
    while (found := content.find(parameter, at)) >= 0:
        at = found + len(parameter) + 1
        quote = content[at - 1 : at]
        if quote in (b"'", b'"'):
            end = content.find(quote, at)
            return b"" if end < 0 else content[at:end]
    return b""


def checked(text: bytes) -> bytes:
    if NOT_XML.search(text) or not is_utf8(text):
        raise NotXML
    return text


def xml_text(raw: bytes) -> bytes:
    return checked(REFERENCE.sub(referred, LINE_END.sub(b"\n", raw)))


def referred(found: re.Match[bytes]) -> bytes:
    name, decimal, hexadecimal = found.groups()
    if name:
        return ENTITIES[name]
    digits = (decimal or hexadecimal or b"").lstrip(b"0")
    if not (decimal or hexadecimal) or len(digits) > 7:
        raise NotXML
    code = int(digits or b"0", 10 if decimal else 16)
    if code > 0x10FFFF:
        raise NotXML
    return ("\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)).encode()


def parse_xml(text: bytes) -> Any:
    """The element that holds the root; MISSING for what is no document."""
    if not text.startswith(b"<"):
        return MISSING
    try:
        return read_xml(Reader(text))
    except NotXML:
        return MISSING


def read_xml(reader: Reader) -> Element:
    root = Element(b"")
    stack = [root]
    while reader.at < len(reader.text):
        parent = stack[-1]
        raw = reader.take(TEXT)
        if raw:
            if b"]]>" in raw:
                raise NotXML
            parent.text += xml_text(raw)
        elif reader.skip(b"<![CDATA["):
            parent.text += LINE_END.sub(b"\n", checked(reader.take_to(b"]]>")))
        elif reader.skip(b"<!--"):
            reader.take_to(b"--")
            reader.need(b">")
        elif reader.skip(b"<?"):
            reader.skip_instruction()
        elif reader.skip(b"<!"):
            if reader.skip(b"-") or reader.skip(b"["):
                raise NotXML
            reader.skip_directive()
        elif reader.skip(b"</"):
            tag = reader.take_tag()
            reader.take(BLANK)
            reader.need(b">")
            if tag != parent.tag:
                raise NotXML
            stack.pop()
        else:
            reader.need(b"<")
            child = Element(reader.take_tag())
            parent.children.append(child)
            if reader.take_attributes():
                stack.append(child)
    if len(stack) > 1 or len(root.children) != 1 or trim_space(bytes(root.text)):
        raise NotXML
    return root


def xml_at(element: Element, place: Path) -> Any:
    if not place:
        return element
    children = (child for child in element.children if place[0] in (b"*", child.name))
    return next((found for child in children if (found := xml_at(child, place[1:])) is not MISSING), MISSING)


def xml_value(element: Any) -> bytes | None:
    return None if element is MISSING else trim_space(bytes(element.text)) or None


def xml_equals(element: Element, want: tuple[str, bytes]) -> bool:
    return trim_space(bytes(element.text)) == want[1]


# Syntaxes


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
