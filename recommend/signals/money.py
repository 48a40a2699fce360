"""Money: what following costs, what an hour of it costs, and the certificate."""

from __future__ import annotations

from collections.abc import Sequence

from recommend import pace
from recommend.money import MONTH, converted, euros, once
from recommend.profile import Profile
from recommend.signals.base import SILENT, Row, Signal, quoted, signal


def cost(course: Row, profile: Profile) -> float | None:
    """Euros to follow the course; a monthly price is paid for as long as the person takes.

    A yearly one is paid once, and one billed nobody says how often is no price of the course.
    """
    paid = once(course)
    if paid is not None or course["billing"] is None:
        return paid
    bill = euros(course["price"], course["currency"])
    if not bill or course["billing"] != "month":
        return bill
    lasts = pace.weeks(course, profile)
    return None if lasts is None else bill * max(1, -(-lasts // MONTH))


def lacking(course: Row) -> str:
    """What the page does not state where no `cost` can be told."""
    if course["price"] is None:
        return "price"
    if course["currency"] is None:
        return "currency"
    if euros(course["price"], course["currency"]) is None:
        return "euros"
    return "weeks" if course["billing"] else "billing"


def price(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """What following costs against the budget: free +4, within +3 to +1, down to -8 beyond."""
    budget, paid = profile.budget, cost(course, profile)
    if budget is None:
        return SILENT
    if paid is None:
        return None
    values = {"money": paid, "budget_money": budget, **converted(paid, course["currency"])}
    fields = ("price", "access")
    if paid == 0:
        limited = course["access"] == "free_audit_limited"
        rule, points = ("price.limited", 3.0) if limited else ("price.free", 4.0)
    elif paid <= budget:
        rule, points = "price.within", 3.0 - 2.0 * paid / budget
    else:
        rule = "price.over"
        points = -min(8.0, 2.0 + 6.0 * (paid / budget - 1.0)) if budget else -8.0
    rule += "_monthly" if paid and course["billing"] == "month" else ""
    return signal("price", points, quoted(course, rule, *fields, **values))


def certificate(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The certificate, where one is wanted: +3 free, +1 paid within the budget, -3 none."""
    if not profile.certificate:
        return SILENT
    kind = course["certificate"]
    if kind is None:
        return None
    paid = euros(course["certificate_price"], course["currency"])
    over = paid is not None and profile.budget is not None and paid > profile.budget
    points = {"free": 3.0, "paid": -1.0 if over else 1.0, "subscription": 0.5, "none": -3.0}[kind]
    rule = "certificate.over" if kind == "paid" and over else f"certificate.{kind}"
    rule += "_unpriced" if kind == "paid" and paid is None else ""
    told = converted(paid, course["currency"])
    evidence = quoted(course, rule, "certificate_price", "certificate", **told)
    return signal("certificate", points, evidence)


CHEAP, DEAR = 3.0, 10.0
"""Euros an hour up to which a course is cheap, and from which on it is dear."""


def hourly(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Price of an hour, the certificate apart: +1 up to CHEAP, 0 at DEAR, down to -3."""
    if profile.budget is None:
        return SILENT
    paid, asked = cost(course, profile), course["hours"]
    if paid == 0:
        return SILENT
    if paid is None or not asked:
        return None
    each = paid / asked
    points = min(1.0, (DEAR - each) / (DEAR - CHEAP))
    told = converted(paid, course["currency"])
    values = {"each_money": round(each, 2), **told}
    evidence = quoted(course, "hourly.each", "price", "total_hours", **values)
    return signal("hourly", max(-3.0, points), evidence)
