"""Whether to send a request again."""

from __future__ import annotations

from .table import Table
from .values import Attempt, Decision, Resend
from .wait import WAITING, bounds


def resend(table: Table, d: Decision, attempt: Attempt = Attempt()) -> Resend:
    """Decides whether to send the request again. The wait is any from shortest to
    longest."""
    if d.action not in WAITING:
        return Resend(False, reason="decision")
    if harms(d, attempt) and not attempt.repeatable and (attempt.other or not table.repeats(d.operation)):
        return Resend(False, reason="effect")
    if attempt.follows and d.action not in attempt.follows:
        return Resend(False, reason="decision")
    if d.policy is None:
        return Resend(False, reason="exhausted")
    wait = bounds(d, attempt.retry)
    if wait is None:
        return Resend(False, reason="server_delay")
    if d.policy["retries"] != -1 and max(0, attempt.retry) >= d.policy["retries"]:
        return Resend(False, reason="exhausted")
    return Resend(True, *wait)


def harms(d: Decision, attempt: Attempt) -> bool:
    """Whether the call, made again, could do the same twice."""
    if d.action == "wait_poll":
        return attempt.submits
    return d.effect == "maybe" and (d.action == "retry" or attempt.submits)
