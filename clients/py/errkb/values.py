"""What goes in and what comes out. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol


class Fields(Protocol):
    """A mapping, or the message that http.client and urllib have for a header."""

    def items(self) -> Iterable[tuple[str, str | Sequence[str]]]: ...


@dataclass(frozen=True)
class Reply:
    """What came back from one call, or that nothing did."""

    status: int = 0
    """The HTTP status; 0 where it is not known."""
    headers: Fields | Iterable[tuple[str, str | Sequence[str]]] | None = ()
    """The header, in which a list is several lines of a field."""
    body: str | bytes | None = b""
    """The body, decompressed. At most 64 KiB of it are looked at, or what the table says
    of the operation."""
    cut: bool = False
    """The body is only the start of what was sent."""
    operation: str = ""
    """The call that it answers."""
    failure: str | None = None
    """Why there was no reply: timeout, connection, dns, tls or canceled, "" for a
    reason of no known kind. Status, headers and body are then ignored."""
    sent: bool = True
    """With a failure: False where nothing of the request was sent."""


@dataclass(frozen=True)
class Reading:
    """What a reply says, before the table is asked what that means."""

    form: int = -1
    """The index of the form that was taken; -1 for none."""
    success: bool = False
    """A sign of success holds, under a status below 400."""
    test: int = -1
    """The index of that sign in the form's ok; -1 for none."""
    weak: bool = False
    """Success shows only by what is absent, by the status, or by a field that is merely
    there."""
    failed: bool = False
    """A sign of failure holds."""
    denied: bool = False
    """A place that tells success holds another value."""
    code: str = ""
    """The code as on the wire; "" for none."""
    also: str = ""
    """A code at an earlier place that the table does not list, where it knows another
    one; "" for none."""
    place: int = -1
    """The index of its place in the form's code; -1 for none."""
    cut: bool = False
    """The body goes on after what was looked at."""


@dataclass(frozen=True)
class Entry:
    """What the table says about one code, status or failure, or about everything else."""

    kind: str
    """code, prefix, status, status_class, transport, unknown or unrecognised."""
    code: str
    action: str
    category: str = ""
    meaning: str = ""
    fix: str = ""
    effect: str = "none"
    statuses: tuple[int, ...] = ()
    retired: bool = False
    policy: int | None = None
    operations: tuple[str, ...] = ()
    by_operation: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variants: Sequence[Any] = ()
    delays: Sequence[Any] | None = None
    url: str = ""
    """The address of its page in the published site; "" for none."""

    def is_in(self, operation: str) -> bool:
        """Whether the entry can occur in an operation, which may be unknown."""
        return not self.operations or not operation or operation in self.operations

    def is_ok(self, operation: str) -> bool:
        """Whether the entry stands for success in an operation."""
        return self.say(operation).action == "ok"

    def say(self, operation: str) -> Entry:
        """What the entry says in an operation."""
        own = self.by_operation.get(operation)
        if own is None:
            return self
        return replace(self, action=own["action"], category=own.get("category", ""), fix=own.get("fix", ""), policy=own.get("policy"))


@dataclass(frozen=True)
class Decision:
    """What a reply means and what to do about it."""

    action: str
    """fail, retry, resubmit, wait_poll, fix_account or ok."""
    category: str
    """The catalog's own grouping; "" where no entry decided."""
    entry: Entry | None
    """The entry that decided."""
    source: str
    """What decided: the kind of the entry, or success."""
    known: bool
    """The reply holds nothing that the table does not list."""
    code: str = ""
    """The code as on the wire; "" for none."""
    also: str = ""
    """A finer code at an earlier place that the table does not list; "" for none."""
    request_id: str = ""
    """How a reply without success names the request, which the API's support asks for;
    "" for not. Long ones are cut."""
    field: str = ""
    """How it names the part of the request that is at fault; "" for not."""
    variant: int = 0
    """Which of the entry's variants holds, from 1; 0 for none."""
    override: int = 0
    """Which of the table's overrides holds, from 1; 0 for none."""
    operation: str = ""
    status: int = 0
    failure: str = ""
    effect: str = "none"
    """May the request have taken effect although it did not succeed: none or maybe."""
    undecided: bool = False
    """The reply may be a success or a failure: it is cut, and what is there says
    neither."""
    fix: str = ""
    """What to do about it, for people."""
    policy: Mapping[str, Any] | None = None
    """The waiting rule, as in the table; None where the action does not wait."""
    server_delay: float | None = None
    """How long the server asks to wait, in seconds: 0 for no wait, or a time in
    the past."""
    reading: Reading = Reading()
    """What the reply says: the evidence."""


@dataclass(frozen=True)
class Attempt:
    """What the caller knows of a call that did not succeed, beside the reply."""

    retry: int = 0
    """How often the call was made again so far; 0 before the first retry."""
    repeatable: bool = False
    """The call can be made twice without harm: the method is idempotent, say, or
    there is an idempotency key."""
    submits: bool = False
    """The call hands a task in: wait_poll then means that the task may be there."""
    other: bool = False
    """The request is of none of the table's operations, although none is named."""
    follows: Sequence[str] = ()
    """The actions that the caller acts on; all that wait if none is given."""


@dataclass(frozen=True)
class Resend:
    """Whether a call is to be made again, and after which wait, or why not."""

    again: bool
    shortest: float = 0
    longest: float = 0
    reason: str = ""
    """decision, effect, exhausted or server_delay; "" where it is made again."""
