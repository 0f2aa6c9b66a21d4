"""How long to wait before a retry. Waits are worked out in nanoseconds, as Go does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .values import Decision

WAITING = ("retry", "resubmit", "wait_poll")

LONGEST = 2**63 - 1
"""The longest duration, in nanoseconds: some 292 years."""

SERVER_DELAY_MAX_MS = 300000


def saturate(ns: float) -> int:
    """Cuts the fraction off, and what a wait can't be."""
    if not ns > 0:  # also NaN
        return 0
    return LONGEST if ns >= LONGEST else int(ns)


def scale(ns: int, by: float) -> int:
    """Multiplies and rounds half up, saturating."""
    exact = ns * by
    if not exact < 2**63:
        return saturate(exact)
    whole = math.floor(exact)
    return saturate(whole + (exact - whole >= 0.5))


def nanoseconds(ms: float) -> int:
    return saturate(ms * 10**6) if isinstance(ms, int) else scale(10**6, ms)


def power(base: float, exponent: int) -> float:
    """Multiplies in the order of Go's math.Pow, so that both round alike."""
    result, base = 1.0, float(base)
    while exponent > 0:
        if exponent & 1:
            result *= base
        base *= base
        exponent >>= 1
    return result


def limit(policy: Mapping[str, Any]) -> int:
    return nanoseconds(policy.get("max_ms", 0)) or LONGEST


def growth(policy: Mapping[str, Any], retry: int) -> int:
    wait = nanoseconds(policy.get("base_ms", 0))
    if policy["growth"] == "linear":
        wait = scale(wait, float(retry) + 1)
    if policy["growth"] == "exponential":
        factor = policy.get("factor", 1)
        wait = scale(wait, power(factor, retry) if factor > 1 else 1)
    return min(wait, limit(policy))


def window(policy: Mapping[str, Any], wait: int) -> tuple[int, int]:
    """The bounds of a wait with jitter, before they are cut."""
    jitter = policy.get("jitter", {})
    if jitter.get("full"):
        return 0, wait
    if jitter.get("spread", 0) > 0:
        part = scale(wait, jitter["spread"])
        return max(0, wait - part), min(wait + part, LONGEST)
    return wait, min(wait + nanoseconds(jitter.get("add_ms", 0)), LONGEST)


def width(policy: Mapping[str, Any], retry: int, asked: int) -> int:
    """The jitter on a delay that the server asks for."""
    jitter = policy.get("jitter", {})
    if jitter.get("full"):
        return growth(policy, retry)
    if jitter.get("spread", 0) > 0:
        return scale(asked, jitter["spread"])
    return nanoseconds(jitter.get("add_ms", 0))


def policy_bounds(policy: Mapping[str, Any], retry: int, delay: float = 0) -> tuple[float, float]:
    """The shortest and the longest wait before a retry, of which the first is 0.
    Where jitter would pass the policy's longest wait, the window slides down to end
    there. A delay that the server asks for is never shortened."""
    retry = max(0, retry)
    asked = scale(10**9, delay)
    if asked > 0:
        return asked / 1e9, min(asked + width(policy, retry, asked), LONGEST) / 1e9
    shortest, longest = window(policy, growth(policy, retry))
    most = limit(policy)
    if longest > most:
        shortest, longest = max(0, shortest - (longest - most)), most
    return shortest / 1e9, longest / 1e9


def asks_too_much(d: Decision) -> bool:
    if d.server_delay is None or d.policy is None:
        return False
    most = nanoseconds(d.policy.get("server_delay_max_ms", 0) or SERVER_DELAY_MAX_MS)
    return scale(10**9, d.server_delay) > most


def bounds(d: Decision, retry: int) -> tuple[float, float] | None:
    """The shortest and the longest wait before a retry, of which the first is 0;
    None where there is no wait."""
    if d.action not in WAITING or d.policy is None or asks_too_much(d):
        return None
    return policy_bounds(d.policy, retry, d.server_delay or 0)
