"""Documents in documents."""

from __future__ import annotations

import re
from dataclasses import replace

from .ask import STRONG, ask
from .body import MISSING, Body, trim_space
from .jsontext import Number, is_in_array, json_at, parse_json
from .syntax import JSON, XML, Document, open_text, syntaxes
from .table import Form

LINE_END = re.compile(rb"\r\n|\r|\n")


def open_form(form: Form, body: Body) -> Document | None:
    """A reply as a form reads it, or None where it is of another syntax."""
    text = unwrap(form, body)
    document = None if text is None else syntaxes[form.syntax].open(body, text, form.in_array)
    # A stream and a string give a document that is whole.
    return document and replace(document, cut=body.cut and form.wrapping not in ("sse", "string"))


def open_any(form: Form | None, body: Body) -> Document:
    """The reply for tests that belong to no form: in the syntax of the form that was
    taken, and else as what the body is."""
    taken = open_form(form, body) if form and syntaxes[form.syntax].equals else None
    return taken or replace(
        JSON.open(body, body.text, True) or XML.open(body, body.text, True) or open_text(body, body.text, True), cut=body.cut
    )


def unwrap(form: Form, body: Body) -> bytes | None:
    """The document in a body that wraps it."""
    match form.wrapping:
        case "sse":
            return first_event(body.text)
        case "ndjson":
            return first_line(form, body)
        case "string":
            return in_string(form, body)
    return body.text


def first_event(text: bytes) -> bytes | None:
    """The data of the first event of a stream that is a JSON object."""
    data: list[bytes] = []
    for line in LINE_END.split(text + b"\n\n"):
        if line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" "))
        if line:
            continue
        event = trim_space(b"\n".join(data))
        if event.startswith(b"{") and parse_json(event) is not MISSING:
            return event
        data = []
    return None


def first_line(form: Form, body: Body) -> bytes | None:
    """The first line of JSON that says success, failure or a code."""
    for line in map(trim_space, LINE_END.split(body.text)):
        document = JSON.open(body, line, form.in_array)
        if document and says(form, document):
            return line
    return None


def says(form: Form, document: Document) -> bool:
    if any(ask(test, document)[0] == STRONG for test in (*form.fail, *form.ok)):
        return True
    texts = (form.trim(document.syntax.text(value)) for place in form.code for value in document.values(place))
    return any(text and text not in form.none for text in texts)


def in_string(form: Form, body: Body) -> bytes | None:
    """The text of a JSON string in the body."""
    outer = JSON.open(body, body.text, is_in_array(form.inside))
    value = next(json_at(outer.root, form.inside), None) if outer else None
    return trim_space(value) if isinstance(value, bytes) and not isinstance(value, Number) else None
