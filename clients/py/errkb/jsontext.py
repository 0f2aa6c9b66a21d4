"""JSON as RFC 8259 has it, with numbers as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .body import MISSING, Path

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
    """A JSON number as written."""


class Object(list[tuple[bytes, Any]]):
    """The members of a JSON object, as a name may stand twice."""


def parse_json(text: bytes) -> Any:
    """The value that is written: strings and names as bytes, numbers as Number;
    MISSING for what is not JSON. It does not recurse."""
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
            expected = "name" if isinstance(stack[-1], Object) else "value"
        elif mark == b"}" and isinstance(stack[-1], Object) and expected in ("first name", "next"):
            stack.pop()
            expected = "next"
        elif mark == b"]" and len(stack) > 1 and not isinstance(stack[-1], Object) and expected in ("first value", "next"):
            stack.pop()
            expected = "next"
        elif expected in ("value", "first value") and mark in (None, b"{", b"["):
            value = json_value(token)
            stack[-1].append((names.pop(), value) if isinstance(stack[-1], Object) else value)
            expected = "next"
            if mark:
                stack.append(value)
                expected = "first name" if mark == b"{" else "first value"
            if len(stack) > MOST_NESTED + 1:
                return MISSING
        else:
            return MISSING
    return root[0] if JSON_SPACE.fullmatch(text, at) else MISSING


BRACKETS = (b"{", b"}", b"[", b"]")
SEPARATORS = (b",", b":", b" ", b"\t", b"\r", b"\n")
JSON_PART = re.compile(rb'[{}\[\],: \t\r\n]|"[^"\\]*(?:\\.[^"\\]*)*"|[^"][^,\]} \t\r\n]*(?=[,\]} \t\r\n])', re.DOTALL)


def complete_json(text: bytes) -> bytes | None:
    """An object or array of which the end is missing, without the value that is cut and
    with all that is open closed; None for any other text."""
    opened, is_name, at = b"", False, 0
    whole: tuple[int, bytes] | None = None
    while len(opened) <= MOST_NESTED and text[:1] in (b"{", b"[") and (found := JSON_PART.match(text, at)):
        part, at = found[0], found.end()
        if part in (b"}", b"]"):
            if opened[:1] != part:
                return None
            opened = opened[1:]
        if part in (b"{", b"["):
            opened = (b"}" if part == b"{" else b"]") + opened
        if part in (*BRACKETS, b":"):
            is_name = part == b"{"
        if part == b",":
            is_name = opened[:1] == b"}"
        if part in BRACKETS or not (is_name or part in SEPARATORS):
            whole = (at, opened)
    out = text[: whole[0]] + whole[1] if whole else b""
    return None if parse_json(out) is MISSING else out


def json_value(token: re.Match[bytes]) -> Any:
    if token["string"] is not None:
        return unescape(token["string"])
    if token["number"] is not None:
        return Number(token["number"])
    if token["word"] is not None:
        return WORDS[token["word"]]
    return Object() if token["mark"] == b"{" else []


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


def json_at(value: Any, place: Path) -> Iterator[Any]:
    """What stands at a place, but for null."""
    if not place:
        if value is not None:
            yield value
        return
    for part in parts_of(value, place[0]):
        yield from json_at(part, place[1:])


def parts_of(value: Any, name: bytes) -> Iterable[Any]:
    """What a step of a place leads to. Of members of the same name the last counts."""
    if isinstance(value, Object):
        found = [member for own, member in value if name in (b"*", own)]
        return found if name == b"*" else found[-1:]
    if not isinstance(value, list):
        return ()
    if name == b"*":
        return value
    return value[int(name) : int(name) + 1] if is_index(name) else ()


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
    value = decimal_of(a)
    return value is not None and value == decimal_of(b)


def decimal_of(number: bytes) -> tuple[bytes, bytes, int] | None:
    """The value of a JSON number, exactly: its sign and digits, without zeros at either end,
    and the power of ten before the first. Beyond the greatest exponent there is none."""
    match = re.fullmatch(rb"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?", number)
    if match is None:
        return None
    sign, whole, fraction, exponent = match[1], match[2], match[3] or b"", match[4] or b"0"
    exponent = exponent[:1].strip(b"+0123456789") + (exponent.lstrip(b"-+0") or b"0")
    if len(exponent.lstrip(b"-")) > 9:
        return None
    digits = (whole + fraction).lstrip(b"0")
    power = len(digits) - len(fraction) + int(exponent)
    digits = digits.rstrip(b"0")
    return (sign, digits, power) if digits else (b"", b"", 0)
