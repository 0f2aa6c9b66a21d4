"""What a test says about a reply."""

from __future__ import annotations

from .syntax import JSON, Document
from .table import Test, fold

WEAK, STRONG = 1, 2
"""How much a test says that holds. What is absent, a status, and a field that is merely
there are weak signs: they stand on many replies."""


def ask(test: Test, document: Document) -> tuple[int, bool]:
    """How much a test says about a document, 0 where it does not hold, and whether there
    is another value in the place of the one that it asks for."""
    if test.tests:
        return combined(test, document)
    if test.kind == "equals":
        values = list(document.comparable(test.at))
        equals = document.syntax.equals
        equal = equals is not None and any(equals(value, want) for value in values for want in test.values)
        return STRONG * equal, bool(values) and not equal
    strength = WEAK if test.kind in ("absent", "header_present", "status", "operation") else STRONG
    return strength * holds(test, document), False


def holds(test: Test, document: Document) -> bool:
    body = document.body
    match test.kind:
        case "present" | "absent":
            return any(True for _ in document.comparable(test.at)) is (test.kind == "present")
        case "contains":
            return any(contains(document.syntax.text(value) or b"", test) for value in document.comparable(test.at))
        case "prefix":
            return document.text.startswith(test.prefix)
        case "body_contains":
            return contains(document.text, test)
        case "header":
            return any(body.header.field(test.header) == text for _, text in test.values)
        case "header_prefix":
            return body.header.field(test.header).startswith(test.prefix)
        case "header_present":
            return body.header.field(test.header) != b""
        case "status":
            return any(own == body.status or own < 10 and own == class_of(body.status) for own in test.status)
        case "operation":
            return body.operation in test.operations
    return False


def contains(text: bytes, test: Test) -> bool:
    """Whether a text contains that of a test in any case."""
    return test.text in fold(text)


def class_of(status: int) -> int:
    return int(status / 100)


def combined(test: Test, document: Document) -> tuple[int, bool]:
    """The answer of a test that is made of others."""
    held, denied = 0, False
    for one in test.tests:
        part, other = ask(one, document)
        if test.kind == "not":
            return WEAK * (part == 0), False
        denied = denied or other
        if test.kind == "all" and part == 0:
            return 0, denied
        held = max(held, part)
        if test.kind == "any" and held == STRONG:
            break
    return held, denied


def may_change(test: Test, document: Document) -> bool:
    """Whether the rest of a document that is cut can change what a test says."""
    if not document.cut:
        return False
    if test.tests:
        return parts_may_change(test, document)
    held, denied = ask(test, document)
    is_single = document.syntax is JSON and b"*" not in test.at  # in XML elements repeat
    match test.kind:
        case "equals":
            return not held and not (denied and is_single)
        case "contains":
            texts = map(document.syntax.text, document.comparable(test.at))
            return not held and not (is_single and any(text is not None for text in texts))
        case "present" | "absent":
            return not any(True for _ in document.comparable(test.at))
        case "prefix":
            return not held and any(prefix.startswith(document.text) for prefix in test.prefix)
        case "body_contains":
            return not held
    return False


def parts_may_change(test: Test, document: Document) -> bool:
    changes = False
    for part in test.tests:
        if may_change(part, document):
            changes = True
            continue
        held, _ = ask(part, document)
        if test.kind == "all" and not held or test.kind == "any" and held:
            return False
    return changes


def hold(tests: list[Test], document: Document) -> bool:
    """Whether all of some tests hold, whatever is missing of the document."""
    return all(ask(test, document)[0] > 0 and not may_change(test, document) for test in tests)
