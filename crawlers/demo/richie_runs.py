"""Course runs as Richie states them: in the list API, in the page's data-props, as a state.

A run's days come from the record, its times of day from here: a `midnight` run begins at 00:00
and ends at 23:59 of the site's own clock (so that its UTC dates are other days), any other at
nine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs

from crawlers.demo.offer import Offer, Record
from crawlers.demo.richie_words import WORDS

FOREVER = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
PRICES = ("price", "discounted_price", "certificate_price", "certificate_discounted_price")
OFFER = (
    *("certificate_offer", "certificate_price", "offer", "price", "price_currency"),
    *("discounted_price", "discount", "certificate_discounted_price", "certificate_discount"),
)
STATES = {
    0: ("open", "enrol"),
    1: ("starting", "enrol"),
    2: ("closing", "study"),
    3: ("starting", None),
    4: ("closed", None),
    5: ("ongoing", None),
    6: ("archived", None),
    7: ("unscheduled", None),
}


@attrs.frozen(kw_only=True)
class Run:
    """One course run with its moments; None where the site states none."""

    number: int
    """1 for the course's first run."""
    record: Record
    start: dt.datetime | None
    end: dt.datetime | None
    enrolment_start: dt.datetime | None
    enrolment_end: dt.datetime | None

    @property
    def dated(self) -> bool:
        """Has it the two dates without which the list API leaves it out?"""
        return self.start is not None and self.enrolment_start is not None


def runs(offer: Offer, record: Record) -> list[Run]:
    """The course's runs, in the order of the record."""
    return [_run(offer, n, each) for n, each in enumerate(record.get("sessions", ()), start=1)]


def _run(offer: Offer, number: int, record: Record) -> Run:
    first, last = (
        (dt.time(0), dt.time(23, 59)) if record.get("midnight") else (dt.time(9), dt.time(9))
    )

    def moment(key: str, clock: dt.time) -> dt.datetime | None:
        return None if record.get(key) is None else offer.moment(record[key], clock)

    return Run(
        number=number,
        record=record,
        start=moment("start", first),
        end=moment("end", last),
        enrolment_start=moment("enrolment_start", first),
        enrolment_end=moment("enrolment_end", last),
    )


def listed(every: Sequence[Run]) -> list[Run]:
    """The runs that the list API shows: those with dates, the latest end first."""
    dated = [run for run in every if run.dated]
    return sorted(dated, key=lambda run: run.end or FOREVER, reverse=True)


def in_list(run: Run) -> dict[str, Any]:
    """A run as the list API has it: no null among the dates, prices as numbers."""
    end = run.end or FOREVER
    return {
        "start": _utc(run.start),
        "end": _utc(end),
        "enrollment_start": _utc(run.enrolment_start),
        "enrollment_end": _utc(run.enrolment_end or end),
        "languages": list(run.record["languages"]),
        **{key: money(run.record)[key] for key in _LIST_MONEY},
    }


_LIST_MONEY = (
    *("price", "price_currency", "offer", "discounted_price", "discount"),
    *("certificate_price", "certificate_offer"),
    *("certificate_discounted_price", "certificate_discount"),
)


def money(record: Record | None) -> dict[str, Any]:
    """What a run says of its price, numbers as numbers; all null without a run."""
    if record is None:
        return dict.fromkeys(OFFER)
    said: dict[str, Any] = {key: record.get(key) for key in OFFER}
    said["price_currency"] = record.get("price_currency", "EUR")
    for key in PRICES:
        said[key] = None if said[key] is None else float(said[key])
    return said


def in_props(run: Run, course: Record, snapshot: str | None) -> dict[str, Any]:
    """A run as the page's data-props have it: local times, nulls kept, prices as strings."""
    prices = money(run.record)
    for key in PRICES:
        prices[key] = None if prices[key] is None else f"{prices[key]:.2f}"
    return {
        "id": int(course["ref"]) * 10 + run.number,
        "title": run.record.get("title", f"Session {run.number}"),
        "resource_link": resource_link(run, course),
        "start": _local(run.start),
        "end": _local(run.end),
        "enrollment_start": _local(run.enrolment_start),
        "enrollment_end": _local(run.enrolment_end),
        "languages": sorted(run.record["languages"]),
        "catalog_visibility": "course_and_search",
        "display_mode": "detailed",
        "snapshot": snapshot,
        **{key: prices[key] for key in _PROPS_MONEY},
    }


_PROPS_MONEY = (
    *("price", "price_currency", "offer", "certificate_price", "certificate_offer"),
    *("discounted_price", "discount", "certificate_discounted_price", "certificate_discount"),
)


def resource_link(run: Run, course: Record) -> str:
    """Where one enrols: the Open edX course behind the page."""
    code = course.get("code") or course["ref"]
    return f"https://lms.example.org/courses/course-v1:demo+{code}+session{run.number:02d}/info"


def state(offer: Offer, run: Run, language: str) -> dict[str, Any]:
    """A run's state on the offer's day, with the localised words."""
    priority = _priority(offer.now, run)
    text, action = STATES[priority]
    moment = run.start if priority in (1, 3) else None
    if priority == 2:
        moment = run.enrolment_end
    if priority == 0 and (run.enrolment_end or run.end) is None:
        text = "forever"
    words = WORDS[language]
    return {
        "priority": priority,
        "datetime": _utc(moment).replace("+00:00", "Z") if moment else None,
        "call_to_action": words[action] if action else None,
        "text": words[text],
    }


def _priority(now: dt.datetime, run: Run) -> int:
    if run.start is None or run.enrolment_start is None:
        return 7
    end = run.end or FOREVER
    open_until = run.enrolment_end or end
    if run.start < now:
        if end > now:
            return 0 if open_until > now else 5
        return 2 if open_until > now else 6
    if run.enrolment_start > now:
        return 3
    return 1 if open_until > now else 4


def best(offer: Offer, record: Record, language: str) -> tuple[dict[str, Any], Run | None]:
    """The course's state and the run that gives it: the lowest priority, then the first start."""
    every = listed(runs(offer, record))
    if not every:
        return {
            "priority": 7,
            "datetime": None,
            "call_to_action": None,
            "text": WORDS[language]["unscheduled"],
        }, None
    run = min(every, key=lambda each: (_priority(offer.now, each), each.start))
    return state(offer, run, language), run


def _utc(moment: dt.datetime | None) -> str:
    if moment is None:
        raise ValueError("a run in the list has a start and an enrolment start")
    return moment.astimezone(dt.UTC).isoformat()


def _local(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
