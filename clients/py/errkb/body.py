"""A reply in bytes: what it holds need not be UTF-8, and it is cut, compared and
measured in bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .values import Reply

Path = tuple[bytes, ...]

MISSING: Any = object()
"""What is not there. None is JSON's null."""

SPACES = ("\u0085", "\u00a0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u2028", "\u2029", "\u202f", "\u205f", "\u3000")
FIRST_SPACE = re.compile(rb"(?:[\t-\r ]|" + b"|".join(s.encode() for s in SPACES) + rb")*")
LAST_SPACE = re.compile(rb"(?:[\t-\r ]|" + b"|".join(s.encode()[::-1] for s in SPACES) + rb")*")


def shown(text: bytes) -> str:
    return text.decode("utf-8", "replace")


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

    def lines(self, name: str) -> list[bytes]:
        """The lines of a field, whose name is matched in any case; of several
        spellings the exact one counts, or else the least."""
        same = [(key != name, key, value) for key, value in self.fields if key.lower() == name.lower()]
        least = min((spelling[:2] for spelling in same), default=None)
        values = [[value] if isinstance(value, str) else value for *spelling, value in same if tuple(spelling) == least]
        return [line.encode("utf-8", "surrogatepass") for lines in values for line in lines]

    def first(self, name: str) -> bytes:
        """The first line of a field."""
        return next(iter(self.lines(name)), b"")

    def field(self, name: str) -> bytes:
        """The value of a field, its lines joined (RFC 9110 section 5.3)."""
        return trim_space(b", ".join(self.lines(name)))


@dataclass
class Body:
    """A reply in bytes, trimmed. What was parsed of it is kept."""

    status: int
    operation: str
    header: Header
    text: bytes
    cut: bool
    gap: bool = False
    """White space follows what is looked at."""
    parsed: dict[str, Any] = field(default_factory=dict)

    def once(self, syntax: str, text: bytes, parse: Callable[[bytes], Any]) -> Any:
        if text != self.text:
            return parse(text)
        if syntax not in self.parsed:
            self.parsed[syntax] = parse(text)
        return self.parsed[syntax]


MAX_BODY = 65536

PART_OF_CHARACTER = re.compile(
    rb"(?:[\xc2-\xdf]|\xe0[\xa0-\xbf]?|\xed[\x80-\x9f]?|[\xe1-\xec\xee\xef][\x80-\xbf]?"
    rb"|\xf0(?:[\x90-\xbf][\x80-\xbf]?)?|\xf4(?:[\x80-\x8f][\x80-\xbf]?)?|[\xf1-\xf3][\x80-\xbf]{0,2})\Z"
)


def body_of(reply: Reply, most: int, complete: Callable[[bytes], bytes | None]) -> Body:
    """A reply of which at most some bytes of the body are looked at. Of a document that
    is cut it takes what complete returns."""
    raw = reply.body or b""
    start = raw[: most + 1]
    if isinstance(start, str):
        start = start.encode("utf-8", "surrogatepass")
    cut = len(start) > most or reply.cut
    start = start[:most]
    if cut:
        start = PART_OF_CHARACTER.sub(b"", start)
    start = start.removeprefix(b"\xef\xbb\xbf")
    text = trim_space(start)
    gap = len(trim_space(b"x" + start)) <= len(start)
    if cut:
        text = complete(text) or text
    items = getattr(reply.headers, "items", None)
    fields = items() if items else reply.headers or ()
    return Body(status=reply.status, operation=reply.operation, header=Header(fields), text=text, cut=cut, gap=gap)
