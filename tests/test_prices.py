"""What following a course costs: in words everywhere alike, and in euros where it is one price."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.schema import COURSE_TABLE
from recommend import money, render
from recommend.profile import Profile
from recommend.signals import SIGNALS
from recommend.signals import money as rules
from recommend.web import facts
from recommend.web.around import deal
from recommend.web.texts import Words

DAY = "2026-11-22"
ASKED = Profile(budget=100.0, hours_per_week=3.0)
SUBSCRIPTION = {"access": "subscription", "price": 49.0, "currency": "USD"}
PAID = {"access": "paid", "price": 42.0}


def course(**known: Any) -> dict[str, Any]:
    bare: dict[str, Any] = {column.name: None for column in COURSE_TABLE.columns}
    return bare | {"platform": "fun", "ref": "1", "title": "Nudge", "quotes": "{}"} | known


@pytest.mark.parametrize(
    ("known", "french", "english"),
    [
        (SUBSCRIPTION, "abonnement, 49\xa0$", "subscription, $49"),
        (SUBSCRIPTION | {"billing": "month"}, "49\xa0$ par mois", "$49 a month"),
        (SUBSCRIPTION | {"price": None}, "abonnement", "subscription"),
        (PAID, "42\xa0(devise non indiquée)", "42\xa0(currency not stated)"),
        (PAID | {"currency": "CHF"}, "42\xa0CHF", "42\xa0CHF"),
        (
            PAID | {"access": "free_audit_limited", "currency": "EUR"},
            "gratuit avec limites, 42\xa0€ en entier",
            "free with limits, €42 in full",
        ),
        ({"price": 0.0}, "gratuit", "free"),
        ({}, None, None),
    ],
)
def test_a_list_and_the_site_say_a_price_alike(
    known: Any, french: str | None, english: str | None
) -> None:
    row = course(**known)
    for lang, said in (("fr", french), ("en", english)):
        assert render.price(row, lang) == facts.access(row, Words(lang)) == said


@pytest.mark.parametrize(
    ("known", "euros"),
    [
        (SUBSCRIPTION, None),
        (SUBSCRIPTION | {"billing": "once", "currency": "EUR"}, 49.0),
        (PAID | {"currency": "EUR"}, 42.0),
        (PAID, None),
        (PAID | {"currency": "EUR", "billing": "year"}, None),
        (PAID | {"access": "free_audit_limited", "billing": "month"}, 0.0),
        ({"access": "free_full"}, 0.0),
        (SUBSCRIPTION | {"price": 0.0}, 0.0),
        ({"access": "subscription"}, None),
    ],
)
def test_a_price_paid_once_is_no_subscription(known: Any, euros: float | None) -> None:
    assert money.once(course(**known)) == euros


def test_a_subscription_is_within_no_budget_and_has_no_hours() -> None:
    row = course(**SUBSCRIPTION, hours=15.0, weekly_hours=3.0, weeks=5.0)
    assert rules.cost(row, ASKED) is None
    assert [SIGNALS[name](row, (), ASKED, DAY) for name in ("price", "hourly")] == [None, None]
    monthly = row | {"billing": "month", "currency": "EUR"}
    assert rules.cost(monthly, ASKED) == 98.0
    assert rules.cost(monthly | {"billing": "year"}, ASKED) == 49.0


def test_no_twin_is_cheaper_than_a_subscription_but_what_is_free_with_limits_is() -> None:
    words, nowhere = Words("fr"), {"sessions": [], "state": None}
    own = course(**PAID, **nowhere) | {"currency": "EUR"}
    limited = course(**nowhere) | SUBSCRIPTION | {"access": "free_audit_limited"}
    subscribed = course(**nowhere) | SUBSCRIPTION | {"price": 9.0}
    assert deal(subscribed, own, words)["better"] == []
    assert deal(subscribed, own, words)["facts"][0] == "abonnement, 9\xa0$"
    assert deal(limited, own, words)["better"] == [words("twin_cheaper")]
