"""XML as strict as Go's encoding/xml reads it: names lose their prefix, which need
not be declared, and there are no entities but the five."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .body import MISSING, Path, is_utf8, trim_space

NAME = re.compile(rb"[A-Za-z0-9_:.\-\x80-\xff]+")
BLANK = re.compile(rb"[ \r\n\t]*")
TAG_END = re.compile(rb"/?>")
QUOTED = re.compile(rb"\"[^<\"]*|'[^<']*")
TEXT = re.compile(rb"[^<]+")
NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
LINE_END = re.compile(rb"\r\n?")
REFERENCE = re.compile(rb"&(?:(lt|gt|amp|apos|quot);|#([0-9]+);|#x([0-9A-Fa-f]+);)?")
CUT_REFERENCE = re.compile(rb"&(?:#(?:x[0-9A-Fa-f]*|[0-9]*)|[A-Za-z0-9_:.\-\x80-\xff]*)\Z")
ENTITIES = {b"lt": b"<", b"gt": b">", b"amp": b"&", b"apos": b"'", b"quot": b'"'}


class NotXML(Exception):
    """What is read is not a document."""


class Cut(NotXML):
    """What is read is the start of a document, if of any."""


@dataclass
class Element:
    tag: bytes
    children: list[Element] = field(default_factory=list)
    text: bytearray = field(default_factory=bytearray)
    attributes: list[Element] = field(default_factory=list)
    mark: bytes = b""

    @property
    def name(self) -> bytes:
        """The name without its prefix; that of an attribute starts with @."""
        prefix, _, local = self.tag.partition(b":")
        return self.mark + (local if prefix and local else self.tag)


class Reader:
    """Reads a document from its start."""

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
            raise self.fault()

    def fault(self) -> NotXML:
        """Why what should come next does not."""
        return Cut() if self.at == len(self.text) else NotXML()

    def is_cut(self) -> bool:
        """Whether nothing but the start of a mark is left."""
        rest = self.text[self.at : self.at + 9]
        return any(len(rest) < len(mark) and mark.startswith(rest) for mark in (b"<!--", b"<![CDATA["))

    def take_to(self, end: bytes) -> bytes:
        at = self.text.find(end, self.at)
        if at < 0:
            raise Cut
        part = self.text[self.at : at]
        self.at = at + len(end)
        return part

    def take_name(self) -> bytes:
        name = self.take(NAME) or b""
        if self.at == len(self.text):
            raise Cut
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
        raise Cut

    def take_attributes(self, element: Element) -> bool:
        """Reads the attributes of a tag, and returns whether it stays open."""
        while True:
            self.take(BLANK)
            end = self.take(TAG_END)
            if end:
                return end == b">"
            if self.text[self.at :] == b"/":
                raise Cut
            element.attributes.append(Element(self.take_tag(), text=bytearray(self.take_value()), mark=b"@"))

    def take_value(self) -> bytes:
        """Reads the value of an attribute."""
        self.take(BLANK)
        self.need(b"=")
        self.take(BLANK)
        raw = self.take(QUOTED)
        if not raw:
            raise self.fault()
        text = self.text_of(raw[1:])
        self.need(raw[:1])
        return text

    def text_of(self, raw: bytes) -> bytes:
        """The text that was just read, which may be cut in a reference."""
        cut = CUT_REFERENCE.search(raw) if self.at == len(self.text) else None
        if cut:
            REFERENCE.sub(referred, raw[: cut.start()])
            raise Cut
        return xml_text(raw)


def is_name(name: bytes) -> bool:
    """Which characters beyond ASCII a name may have is known as well as Unicode's
    classes tell."""
    if not name or not is_utf8(name):
        return False
    first, *rest = name.decode()
    if first not in "_:" and unicodedata.category(first)[0] != "L":
        return False
    return all(c in "_:.-\u00b7" or unicodedata.category(c)[0] in "LM" or unicodedata.category(c) == "Nd" for c in rest)


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


def parse_xml(text: bytes, cut: bool) -> Any:
    """The element that holds the root, also of the start of a document that is cut, in
    which the elements that are open have no text; MISSING for anything but a document."""
    if not text.startswith(b"<"):
        return MISSING
    root = Element(b"")
    stack = [root]
    try:
        read_xml(Reader(text), stack)
        is_whole = len(stack) == 1
    except Cut:
        is_whole = False
    except NotXML:
        return MISSING
    if len(root.children) != 1 or is_whole and trim_space(bytes(root.text)) or not (is_whole or cut):
        return MISSING
    if not is_whole:
        for element in stack:
            element.text.clear()
    return root


def read_xml(reader: Reader, stack: list[Element]) -> None:
    """Reads a document to its end. The stack holds the elements that are open."""
    while reader.at < len(reader.text):
        parent = stack[-1]
        raw = reader.take(TEXT)
        if raw:
            if b"]]>" in raw:
                raise NotXML
            parent.text += reader.text_of(raw)
        elif reader.is_cut():
            raise Cut
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
            is_open = reader.take_attributes(child)
            parent.children.append(child)
            if is_open:
                stack.append(child)


def xml_at(element: Element, place: Path) -> Iterator[Element]:
    """The elements at a place, or the attributes."""
    if not place:
        yield element
        return
    for child in element.attributes if place[0].startswith(b"@") else element.children:
        if place[0] in (b"*", child.name):
            yield from xml_at(child, place[1:])


def xml_value(element: Element) -> bytes | None:
    return trim_space(bytes(element.text)) or None


def xml_equals(element: Element, want: tuple[str, bytes]) -> bool:
    return trim_space(bytes(element.text)) == want[1]
