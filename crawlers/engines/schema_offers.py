"""What a page's markup says of price, access, certificate and sessions.

Offers come in every shape: one or a list, on the course, on its instances or both, with a
category, a price, neither, or a price of 0 beside "Paid" for want of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from catalogue import clean
from catalogue.clean import Price, Workload
from catalogue.course import Session
from catalogue.errors import Unreadable
from crawlers.engines import jsonld
from crawlers.engines.jsonld import Markup, Node, types_of
from crawlers.facts import Facts

ACCESS = {
    "free": "free_full",
    "partially free": "free_audit_limited",
    "subscription": "subscription",
    "paid": "paid",
}
"""Google's categories of an offer, from the one that costs least to follow."""
_CERTIFICATE = {"free": "free", "subscription": "subscription", "paid": "paid"}
_BILLING = {
    **dict.fromkeys(("p1m", "mon", "month", "monthly"), "month"),
    **dict.fromkeys(("p1y", "ann", "year", "yearly", "annual"), "year"),
}
_ISO_REPEATS = {"P1D": "Daily", "P7D": "Weekly", "P1W": "Weekly", "P1M": "Monthly",
                "P1Y": "Yearly"}  # fmt: skip
_CURRENCY = re.compile(r"[A-Z]{3}")
_SELF_PACED = re.compile(r"self[ -]?paced", re.IGNORECASE)


@attrs.frozen
class Told:
    """A node that speaks of the course, and where it stands."""

    source: str
    markup: Markup
    node: Node

    def instances(self) -> list[Node]:
        """The course's instances, those that are online first; the node itself when it is one."""
        found = self.markup.nodes_of(self.node, "hasCourseInstance")
        if not found and "CourseInstance" in types_of(self.node):
            found = [self.node]
        return sorted(found, key=lambda each: "online" not in " ".join(self.modes(each)).lower())

    def modes(self, instance: Node) -> tuple[str, ...]:
        """How an instance is taught; of an address, the last part."""
        said = self.markup.texts(instance, "courseMode")
        return tuple(mode.rpartition("/")[2] if "://" in mode else mode for mode in said)

    def offers(self) -> list[Node]:
        """The course's offers, or else those of its instances."""
        own = self._offers_of(self.node)
        return own or [offer for each in self.instances() for offer in self._offers_of(each)]

    def _offers_of(self, node: Node) -> list[Node]:
        found: list[Node] = []
        for offer in self.markup.nodes_of(node, "offers"):
            found += self.markup.nodes_of(offer, "offers") or [offer]
        return found


def take_offers(facts: Facts, told: Told, offers: Sequence[Node]) -> None:
    """Access and price of a course or session, from what its offers say together.

    The access is that of the offer that costs least. A price of 0 counts only where nothing says
    that one pays; several prices that differ are no one price.
    """
    categories = [each for offer in offers for each in told.markup.texts(offer, "category")]
    known = [each for each in categories if each.casefold() in ACCESS]
    for each in categories:
        if each not in known:
            facts.unreadable.append((facts.within + "access", Unreadable(each, "an offer")))
    access = min((ACCESS[each.casefold()] for each in known), key=_least, default=None)
    facts.take("access", _itself, access, told.source, ", ".join(known))
    if access == "free_full":
        facts.take("price", lambda _: 0.0, "Free", told.source)
        return
    _take_price(facts, told, offers, access)


def _least(access: str) -> int:
    return list(ACCESS.values()).index(access)


def _take_price(facts: Facts, told: Told, offers: Sequence[Node], access: str | None) -> None:
    tags = list(_tags(facts, told, offers))
    found = list({(tag.amount, tag.currency): (tag, w) for tag, w in tags if tag.amount}.values())
    if not found and access is None:
        found = tags[:1]
    if len(found) > 1:
        words = " · ".join(words for _, words in found)
        facts.unreadable.append((facts.within + "price", Unreadable(words, "one price")))
    elif found and "price" not in facts.values:
        ((tag, words),) = found
        facts.take("price", _itself, tag.amount, told.source, words)
        _set(facts, "currency", tag.currency)
        _set(facts, "billing", tag.billing)


def _itself(value: Any) -> Any:
    return value


def _set(facts: Facts, field: str, value: str | None) -> None:
    if value is not None:
        facts.values.setdefault(field, value)


def _tags(facts: Facts, told: Told, offers: Iterable[Node]) -> Iterator[tuple[Price, str]]:
    """The price of each offer that states one, with its words."""
    for offer in offers:
        try:
            if found := price_of(told.markup, offer):
                yield found
        except Unreadable as error:
            facts.unreadable.append((facts.within + "price", error))


def price_of(markup: Markup, offer: Node) -> tuple[Price, str] | None:
    """What an offer costs and the words for it; the price may stand in a specification of it.

    Raises Unreadable on ranges: neither end is the price.
    """
    for node in (offer, *markup.nodes_of(offer, "priceSpecification")):
        low, high = (_value(markup, node, name) for name in ("lowPrice", "highPrice"))
        said = _value(markup, node, "price")
        if said is None:
            if low is not None and high is not None and str(low) != str(high):
                raise Unreadable(f"{low} - {high}", "one price")
            said = low
        if said is None:
            continue
        currency = _currency(markup.text(node, "priceCurrency") or "")
        currency = currency or _currency(markup.text(offer, "priceCurrency") or "")
        price = clean.price(said, currency)
        if price is not None and price.amount is not None:
            billing = price.billing or _billing(markup, offer)
            return attrs.evolve(price, billing=billing), f"{said} {currency or ''}".strip()
    return None


def _value(markup: Markup, node: Node, name: str) -> Any:
    """A price as it stands: a number is no text whose marks one would have to guess at."""
    return next((v for v in markup.values(node, name) if isinstance(v, str | int | float)), None)


def _currency(said: str) -> str | None:
    code = said.strip().upper()
    if code and not _CURRENCY.fullmatch(code):
        raise Unreadable(said, "a currency's code")
    return code or None


def _billing(markup: Markup, offer: Node) -> str | None:
    places = [offer, *markup.nodes_of(offer, "priceSpecification")]
    places += [unit for each in places for unit in markup.nodes_of(each, "referenceQuantity")]
    said = (
        markup.text(place, name)
        for place in places
        for name in ("billingDuration", "unitCode", "unitText")
    )
    terms = (_BILLING.get(each.lower()) for each in said if each)
    return next(filter(None, terms), None)


def take_free(facts: Facts, told: Told) -> None:
    """The course's flag on being free, where no offer says more: free of charge, or not."""
    for said in told.markup.values(told.node, "isAccessibleForFree"):
        words = str(said).rpartition("/")[2].lower()
        if facts.values.keys() & {"access", "price"} or words not in ("true", "false"):
            continue
        quote = f"isAccessibleForFree: {words}"
        if words == "true":
            facts.take("price", lambda _: 0.0, quote, told.source)
        else:
            facts.take("access", lambda _: "paid", quote, told.source)


def take_certificate(facts: Facts, told: Told) -> None:
    """What the certificate costs, of the credentials that state an offer."""
    markup = told.markup
    for credential in markup.nodes_of(told.node, "educationalCredentialAwarded"):
        for offer in markup.nodes_of(credential, "offers"):
            category = markup.text(offer, "category") or ""
            said = _CERTIFICATE.get(category.casefold())
            facts.take("certificate", _itself, said, told.source, category)
            for tag, words in _tags(facts, told, [offer]):
                if tag.amount:
                    facts.take("certificate_price", _itself, tag.amount, told.source, words)
                    _set(facts, "currency", tag.currency)
            if said == "free":
                facts.take("certificate_price", _itself, 0.0, told.source, category)


def take_workload(facts: Facts, told: Told) -> None:
    """Length and effort: of the first instance that states any, then of the course itself.

    Instances differ (three hours a day on the spot, 22 hours online): they are not mixed.
    """
    for instance in told.instances():
        stated = told.markup.text(instance, "courseWorkload")
        if stated and facts.take_workload(stated, told.source):
            break
        words = _schedule_words(told.markup, instance)
        if words and facts.take_workload(words, told.source, _schedule):
            break
    if words := told.markup.text(told.node, "timeRequired"):
        facts.take_workload(words, told.source)


def _schedule_words(markup: Markup, instance: Node) -> str | None:
    """A schedule as `jsonld.schedule` reads it; where it does not repeat, its length alone."""
    if words := jsonld.schedule_words(markup, instance):
        duration, repeats, rest = words.split(" ", 2)
        return f"{duration} {_ISO_REPEATS.get(repeats, repeats)} {rest}"
    for schedule in markup.nodes_of(instance, "courseSchedule"):
        if not markup.text(schedule, "repeatFrequency"):
            return markup.text(schedule, "duration")
    return None


def _schedule(words: str) -> Workload | None:
    return jsonld.schedule(words) if " " in words else clean.workload(words)


def take_pace(facts: Facts, told: Told) -> None:
    """Self-paced where the mode says so; no mode says the contrary."""
    for instance in told.instances():
        for mode in told.modes(instance):
            if _SELF_PACED.search(mode):
                facts.take("pace", lambda _: "self", mode, told.source)


def sessions_of(
    told: Told, timezone: str, title: str | None, unreadable: list[tuple[str, Unreadable]]
) -> tuple[Session, ...]:
    """The instances that have a date, as sessions, by their first day."""
    found: dict[str, Session] = {}
    instances = told.markup.nodes_of(told.node, "hasCourseInstance")
    for instance in instances or told.instances():
        facts = Facts(unreadable=unreadable, within="session.")
        _dates(facts, told, instance, timezone)
        if not facts.values:
            continue
        take_offers(facts, told, told.markup.nodes_of(instance, "offers"))
        said = told.markup.texts(instance, "inLanguage") or None
        facts.take("languages", clean.languages, said, told.source)
        facts.values.pop("billing", None)
        name = clean.line(told.markup.text(instance, "name"))
        ref = _free_ref(str(facts.values.get("start", "unscheduled")), found)
        found[ref] = Session(
            ref=ref,
            title=None if name == title else name,
            url=_url(told.markup.text(instance, "url")),
            **facts.values,
        )
    return tuple(sorted(found.values(), key=lambda each: each.start or "9999"))


def _free_ref(ref: str, taken: dict[str, Session]) -> str:
    return next(
        name
        for name in (ref, *(f"{ref}-{n}" for n in range(2, len(taken) + 3)))
        if name not in taken
    )


def _dates(facts: Facts, told: Told, instance: Node, timezone: str) -> None:
    places = [instance, *told.markup.nodes_of(instance, "courseSchedule")]
    for field, name in {"start": "startDate", "end": "endDate"}.items():
        for place in places:
            words = told.markup.text(place, name)
            facts.take(field, lambda said: clean.day(said, timezone), words, told.source)


def _url(said: str | None) -> str | None:
    return said if said and said.startswith(("https://", "http://")) else None
