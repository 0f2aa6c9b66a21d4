"""What a reply of an API means, and whether to send the request again, by a
decision table that errkb makes from a catalog of error codes."""

from .decide import (
    TABLE,
    Attempt,
    Decision,
    Entry,
    Reading,
    Reply,
    Resend,
    Table,
    bounds,
    decide,
    policy_bounds,
    read,
    resend,
)

__all__ = [
    "TABLE",
    "Attempt",
    "Decision",
    "Entry",
    "Reading",
    "Reply",
    "Resend",
    "Table",
    "bounds",
    "decide",
    "policy_bounds",
    "read",
    "resend",
]
