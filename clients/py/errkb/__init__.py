"""What a reply of an API means, and whether to send the request again, by a
decision table that errkb makes from a catalog of error codes.

A table is what ``gen table`` prints of a spec, read by Table:

    read(table, reply)               what the reply says, before the table is asked what that means
    decide(table, reply)             what it means and what to do
    resend(table, decision)          whether to send it again, and after which wait, or why not
    bounds(decision, retry)          the shortest and the longest wait before a retry, or None
    policy_bounds(policy, retry)     the same of a policy
    redact(table, reply, text)       a text without what is secret in a reply, such as its body

Nothing here changes what it is given, or raises for any reply. Times are seconds.
"""

from .decide import decide
from .read import read, redact
from .resend import resend
from .table import TABLE, Table
from .values import Attempt, Decision, Entry, Reading, Reply, Resend
from .wait import bounds, policy_bounds

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
    "redact",
    "resend",
]
