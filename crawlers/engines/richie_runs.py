"""Course runs of a Richie site and its offers.

Runs come in two shapes: in the list API (numbers as prices, dates never null) and in the page's
JSON (ids, links, titles; prices as text; dates null where none is stated).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

import attrs

from catalogue import clean
from catalogue.course import Session
from catalogue.errors import Unreadable
from crawlers.facts import Facts, rows

OFFERS = {
    "free": "free_full",
    "partially_free": "free_audit_limited",
    "subscription": "subscription",
    "paid": "paid",
}
CERTIFICATE_OFFERS = {"free": "free", "subscription": "subscription", "paid": "paid"}


@attrs.frozen(kw_only=True)
class Site:
    """What reading needs to know of the platform."""

    platform: str
    base: str
    """Address that was asked, without a slash at the end."""
    home: str
    """The site's own address, which it may put before a path."""
    languages: tuple[str, ...]
    timezone: str
    audience: str = "public"

    def address(self, path: str) -> str:
        """The whole address of a path on the site."""
        path = path.removeprefix(self.home)
        return self.base + path if path.startswith("/") and path[1:2] != "/" else path

    def spoken(self, said: str | Iterable[str]) -> tuple[str, ...] | None:
        """Codes of the languages named, the site's own first: Richie gives them in no order."""
        codes = clean.languages(said)
        return codes and tuple(sorted(codes, key=self._place))

    def _place(self, code: str) -> tuple[int, str]:
        own = self.languages
        return own.index(code) if code in own else len(own), code


def course_runs(
    listed: Mapping[str, Any], embedded: Mapping[str, Any]
) -> tuple[list[Mapping[str, Any]], str]:
    """The page's runs, or else the list's, and which of the two.

    The page says null where no date is stated. The API fills in year 9999, and for a missing
    end of enrolment the end of the course.
    """
    on_page = rows(embedded.get("courseRuns"))
    if on_page:
        return [run for run in on_page if run.get("catalog_visibility") != "hidden"], "state"
    return rows(listed.get("course_runs")), "api"


def sessions_of(
    runs: Iterable[Mapping[str, Any]], site: Site, unreadable: list[tuple[str, Unreadable]]
) -> tuple[Session, ...]:
    """Sessions in the order given; what cannot be read is appended to `unreadable`."""
    found: dict[str, Session] = {}
    for run in runs:
        facts = Facts(unreadable=unreadable, within="session.")
        _dates(facts, run, site.timezone)
        take_offers(facts, run, "state")
        facts.take("languages", site.spoken, run.get("languages"), "state")
        ref = _session_ref(run, facts, found)
        title, url = clean.line(run.get("title")), _enrolment_url(run, site)
        found[ref] = Session(ref=ref, title=title, url=url, **facts.values)
    return tuple(found.values())


def _session_ref(run: Mapping[str, Any], facts: Facts, taken: Mapping[str, Session]) -> str:
    if run.get("id") is not None:
        return str(run["id"])
    ref = str(facts.values.get("start", "unscheduled"))
    if ref not in taken:
        return ref
    return next(f"{ref}-{n}" for n in range(2, len(taken) + 3) if f"{ref}-{n}" not in taken)


def _dates(facts: Facts, run: Mapping[str, Any], timezone: str) -> None:
    for field, key in {
        "start": "start",
        "end": "end",
        "enrolment_start": "enrollment_start",
        "enrolment_end": "enrollment_end",
    }.items():
        facts.take(field, lambda said: clean.day(said, timezone), run.get(key), "state")


def _enrolment_url(run: Mapping[str, Any], site: Site) -> str | None:
    """The run's link, unless it names a product of Joanie's API, which is no page."""
    link = clean.line(run.get("resource_link"))
    return None if link is None or "/api/" in link else urljoin(site.base + "/", link)


def take_offers(facts: Facts, stated: Mapping[str, Any], source: str) -> None:
    """Access, prices and certificate of a run, or of a course as the API states them.

    Prices are numbers in the API and text ("450.00") in the page; before Richie 3.0 there are
    none. A price stands beside offers that are only partly free.
    """
    facts.take("access", lambda said: _chosen(OFFERS, said), stated.get("offer"), source)
    facts.take(
        "certificate",
        lambda said: _chosen(CERTIFICATE_OFFERS, said),
        stated.get("certificate_offer"),
        source,
    )
    _price(facts, "price", stated, "", source)
    _price(facts, "certificate_price", stated, "certificate_", source)
    if currency := clean.line(stated.get("price_currency")):
        facts.values.setdefault("currency", currency)


def _chosen(options: Mapping[str, str], said: Any) -> str:
    if said not in options:
        raise Unreadable(said, "an offer")
    return options[said]


def _price(facts: Facts, field: str, stated: Mapping[str, Any], prefix: str, source: str) -> None:
    """What one pays: the discounted price where there is one, 0 where the offer is free."""
    full, reduced = stated.get(f"{prefix}price"), stated.get(f"{prefix}discounted_price")
    currency = stated.get("price_currency")
    said = full if reduced is None else reduced
    if said is None:
        if stated.get(f"{prefix}offer") == "free":
            facts.take(field, lambda _: 0.0, "free", source)
        return
    words = f"{said} {currency or ''}".strip()
    if reduced is not None and full is not None:
        words = f"{words} ({full})"
    facts.take(field, lambda amount: _amount(amount, currency), said, source, words)


def _amount(said: Any, currency: str | None) -> float | None:
    price = clean.price(said, currency)
    return None if price is None else price.amount
