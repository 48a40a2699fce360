"""MIT Learn: the university's courses on all of its platforms, by the API of its own catalogue.

Django REST pages (limit, offset; `next` is null on the last). Free OpenCourseWare stands beside
professional courses of a thousand dollars, so what each says of its price is kept apart.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

import attrs
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from catalogue import clean
from catalogue.course import Course, Quote, Session
from catalogue.errors import Unreadable
from catalogue.words import fold
from crawlers.facts import Facts, rows
from crawlers.spider import Page, PlatformSpider

Resource = Mapping[str, Any]
PAGE = 100
KINDS = {"courses": "course", "programs": "programme"}
_PACES = {"self_paced": "self", "instructor_paced": "instructor"}
# How far on in a university's studies, not how hard: no level of ours.
_STAGES = {"undergraduate", "graduate", "high_school", "noncredit", "other"}
_READ = {"id", "readable_id", "title", "description", "full_description", "url", "topics",
         "offered_by", "certification", "prices", "resource_prices", "free",
         "languages", "pace", "format", "min_weeks", "max_weeks", "min_weekly_hours",
         "max_weekly_hours", "time_commitment", "duration", "runs", "course",
         "last_modified"}  # fmt: skip
# Pictures, lists of other users, and what repeats the runs.
IGNORED = {"image", "learning_path_parents", "user_list_parents", "resource_type",
           "resource_category", "published", "professional", "platform", "departments",
           "course_feature", "delivery", "availability", "next_start_date", "best_run_id", "views",
           "children", "program", "completeness", "license_cc", "ocw_topics", "location",
           "continuing_ed_credits", "require_summaries", "test_mode",
           "certification_type"}  # fmt: skip


@attrs.frozen(kw_only=True)
class Reading:
    """A course, and what in the answer nobody could read or has foreseen."""

    course: Course
    unreadable: tuple[tuple[str, Unreadable], ...] = ()
    unknown: Mapping[str, str] = attrs.Factory(dict)


def read(resource: Resource, kind: str, platform: str) -> Reading:
    """One course or programme. Raises Unreadable without id, title or address."""
    runs = [run for run in rows(resource.get("runs")) if run.get("published") is not False]
    facts = Facts()
    _workload(facts, resource)
    _offer(facts, resource)
    _languages(facts, resource, runs)
    facts.take("pace", _pace, resource.get("pace") or None, "api", _names(resource.get("pace")))
    levels = list(dict.fromkeys(code for run in runs for code in _codes(run.get("level"))))
    facts.take("level", _level, levels, "api", ", ".join(levels))
    provider = _name(resource.get("offered_by"))
    course = Course(
        platform=platform,
        ref=_required(resource, "id"),
        url=_required(resource, "url"),
        title=_required(resource, "title"),
        kind=kind,
        code=_number(resource),
        provider=provider,
        providers=(provider,) if provider else None,
        instructors=clean.items(
            person.get("full_name") for run in runs for person in rows(run.get("instructors"))
        ),
        summary=clean.plain(resource.get("description")),
        description=clean.plain(resource.get("full_description")),
        subjects=clean.items(topic.get("name") for topic in rows(resource.get("topics"))),
        format=_names(resource.get("format")) or None,
        updated=_day(resource, "last_modified", facts),
        sessions=tuple(_sessions(runs, facts)),
        quotes=facts.quotes,
        **facts.values,
    )
    unknown = {
        key: str(value)
        for key, value in resource.items()
        if key not in _READ and key not in IGNORED
    }
    return Reading(course=course, unreadable=tuple(facts.unreadable), unknown=unknown)


def _required(resource: Resource, key: str) -> str:
    said = resource.get(key)
    value = clean.line("" if said is None else str(said))
    if value is None:
        raise Unreadable(resource.get(key), key)
    return value


def _number(resource: Resource) -> str | None:
    """The course's number at the university, or else its readable id."""
    course = resource.get("course")
    numbers = rows(course.get("course_numbers")) if isinstance(course, Mapping) else []
    named = [clean.line(each.get("value")) for each in numbers]
    return next(filter(None, named), None) or clean.line(resource.get("readable_id"))


def _name(named: Any) -> str | None:
    return clean.line(named.get("name")) if isinstance(named, Mapping) else None


def _names(terms: Any) -> str:
    return ", ".join(name for term in rows(terms) if (name := clean.line(term.get("name"))))


def _codes(terms: Any) -> list[str]:
    return [str(term.get("code")) for term in rows(terms) if term.get("code")]


def _pace(terms: Any) -> str | None:
    """The one pace; a course taught both ways has none."""
    found = set()
    for code in _codes(terms):
        if code not in _PACES:
            raise Unreadable(code, "a pace")
        found.add(_PACES[code])
    return found.pop() if len(found) == 1 else None


def _level(codes: Iterable[str]) -> str | None:
    found = {level for code in codes if code not in _STAGES and (level := clean.level(code))}
    return "mixed" if len(found) > 1 else next(iter(found), None)


def _workload(facts: Facts, resource: Resource) -> None:
    """Weeks and hours a week from their figures, with the words beside them as the quote."""
    low, high = resource.get("min_weeks"), resource.get("max_weeks")
    said = resource.get("duration") or ""
    if {low, high} == {None}:
        facts.take_workload(said, "api", clean.length, field="weeks")
    elif None in (low, high) or low == high:
        facts.take("weeks", _figure, high if low is None else low, "api", said)
    else:
        facts.take("weeks_low", _figure, low, "api", said)
        facts.take("weeks_high", _figure, high, "api", said)
    words = resource.get("time_commitment") or ""
    for field, key in {
        "weekly_hours_low": "min_weekly_hours",
        "weekly_hours_high": "max_weekly_hours",
    }.items():
        facts.take(field, _figure, resource.get(key), "api", words)


def _figure(value: Any) -> float | None:
    """A figure as it is; 0 is a field left empty."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable(value, "a figure")
    return float(value) or None


def _offer(facts: Facts, resource: Resource) -> None:
    """What one pays, for the course or beside it for the certificate.

    A free course with an amount is followed for nothing and certified for the amount; one that is
    not free costs it. Of several amounts none is the price.
    """
    free, certified = resource.get("free"), resource.get("certification")
    amounts = _amounts(facts, resource)
    words = _price_words(resource)
    paid = sorted({price.amount for price in amounts if price.amount})
    if free is None and amounts and not paid:
        free = True
    if certified is False:
        _state(facts, "certificate", "none", "certification: false")
    if free:
        _state(facts, "price", 0.0, words)
        _state(facts, "access", "free_audit_limited" if paid else "free_full", words)
        if paid and certified is not False:
            _state(facts, "certificate", "paid", words)
            _state(facts, "certificate_price", _only(paid), words)
    elif free is False:
        _state(facts, "access", "paid", words)
        _state(facts, "price", _only(paid), words)
    if paid:
        _state(facts, "currency", _only({price.currency for price in amounts}), words)


def _only(values: Iterable[Any]) -> Any:
    found = list(values)
    return found[0] if len(found) == 1 else None


def _state(facts: Facts, field: str, value: Any, words: str) -> None:
    if value is not None:
        facts.values[field] = value
        facts.quotes[field] = Quote(words=words, source="api")


def _price_words(resource: Resource) -> str:
    free = {True: "free: true", False: "free: false"}.get(resource.get("free"))  # type: ignore[arg-type]
    listed = ", ".join(map(str, resource.get("prices") or ()))
    return "; ".join(filter(None, (free, f"prices: {listed}" if listed else None)))


def _amounts(facts: Facts, resource: Resource) -> list[clean.Price]:
    """Prices with their currency, or else bare, as older answers give them."""
    listed = [(price.get("amount"), price.get("currency")) for price in
              rows(resource.get("resource_prices"))]  # fmt: skip
    listed = listed or [(amount, None) for amount in resource.get("prices") or ()]
    found = []
    for amount, currency in listed:
        try:
            price = clean.price(str(amount), str(currency) if currency else None)
        except Unreadable as error:
            facts.unreadable.append(("price", error))
            continue
        found += [price] if price else []
    return found


def _languages(facts: Facts, resource: Resource, runs: Iterable[Resource]) -> None:
    said = resource.get("languages") or [
        each for run in runs for each in run.get("languages") or ()
    ]
    facts.take("languages", clean.languages, said or None, "api", ", ".join(map(str, said)))
    if languages := facts.values.get("languages"):
        facts.values["language"] = languages[0]
        facts.quotes["language"] = facts.quotes["languages"]


def _day(resource: Resource, key: str, facts: Facts) -> str | None:
    days = Facts(unreadable=facts.unreadable, within=facts.within)
    days.take(key, clean.day, resource.get(key), "api")
    day: str | None = days.values.get(key)
    return day


def _sessions(runs: Iterable[Resource], facts: Facts) -> Iterator[Session]:
    """Runs that have a date. A run without any is a copy in an archive, not an event."""
    seen: set[str] = set()
    for run in runs:
        session = _session(run, Facts(unreadable=facts.unreadable, within="session."))
        if session is not None and session.ref not in seen:
            seen.add(session.ref)
            yield session


def _session(run: Resource, facts: Facts) -> Session | None:
    dates: dict[str, Any] = {
        "start": _day(run, "start_date", facts),
        "end": _day(run, "end_date", facts),
        "enrolment_start": _day(run, "enrollment_start", facts),
        "enrolment_end": _day(run, "enrollment_end", facts),
    }
    if not any(dates.values()):
        return None
    facts.take("languages", clean.languages, run.get("languages") or None, "api")
    return Session(
        ref=_required(run, "run_id" if run.get("run_id") else "id"),
        title=clean.line(run.get("title")),
        url=clean.line(run.get("url")),
        **{**dates, **facts.values},
    )


class MitLearnSpider(PlatformSpider):
    """Pages through the courses, then through the programmes."""

    kinds: ClassVar[Mapping[str, str]] = KINDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._totals: dict[str, int] = {}
        self._seen: set[str] = set()
        self._taken = 0
        self._step = 0
        """How many a page holds: the site may give fewer than asked for."""

    async def start(self) -> AsyncIterator[Request]:
        """The first page of each list."""
        for kind in self.kinds:
            yield self._ask(kind, 0)

    def _ask(self, kind: str, offset: int) -> Request:
        query = urlencode({"limit": PAGE, "offset": offset})
        headers = {"Accept": "application/json"}
        path = f"api/v1/{kind}/?{query}"
        request = self.ask(path, self.parse_list, headers=headers, kind=kind, offset=offset)
        return request.replace(errback=self.missed_list)

    def parse_list(self, response: Response, kind: str, offset: int) -> Iterator[Request | Page]:
        """One page: its courses, then the page after it.

        `next` is not followed but taken as yes or no: an address in an answer could lead
        anywhere.
        """
        answer = self.json(response)
        if not isinstance(answer, Mapping) or not isinstance(answer.get("results"), list):
            if answer is not None:
                self.error(response.url, f"not a list of {kind}: {response.body[:80]!r}")
            yield from self._skip(kind, offset)
            return
        found = rows(answer["results"])
        self._announce(kind, answer.get("count"))
        self._step = max(len(answer["results"]), self._step)
        yield Page(courses=tuple(self._courses(found, kind)))
        if answer.get("next") and found and not self._enough:
            yield self._ask(kind, offset + len(answer["results"]))

    def missed_list(self, failure: Failure) -> Iterator[Request]:
        """A page that failed is an error, but the pages after it are still read."""
        self.failed(failure)
        where = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self._skip(where["kind"], where["offset"])

    def _skip(self, kind: str, offset: int) -> Iterator[Request]:
        """The page after one that could not be had, where the list is known to go on."""
        following = offset + (self._step or PAGE)
        if following < self._totals.get(kind, 0) and not self._enough and self.may_skip():
            yield self._ask(kind, following)

    def _announce(self, kind: str, count: Any) -> None:
        if isinstance(count, int):
            self._totals[kind] = max(count, self._totals.get(kind, 0))
            self.announced = sum(self._totals.values())

    @property
    def _enough(self) -> bool:
        return self.limit is not None and self._taken >= self.limit

    def _courses(self, resources: Iterable[Resource], kind: str) -> Iterator[Course]:
        for resource in resources:
            ref = str(resource.get("id"))
            if ref in self._seen:
                self.issue("duplicate", "id", ref, ref)
            elif not self._enough and self._matches(resource):
                self._seen.add(ref)
                if not self.memory.harvested(ref):
                    yield from self._read(ref, resource, self.kinds[kind])

    def _matches(self, resource: Resource) -> bool:
        said = f"{resource.get('title')} {resource.get('description')} {resource.get('topics')}"
        return not self.match or fold(self.match) in fold(said)

    def _read(self, ref: str, resource: Resource, kind: str) -> Iterator[Course]:
        try:
            reading = read(resource, kind, self.name)
        except Unreadable as error:
            self.reject(ref, f"{error.wanted}: {error.words}")
            return
        for field, words in reading.unreadable:
            self.unreadable(field, words, ref)
        for field, example in reading.unknown.items():
            self.issue("unknown_field", field, example, ref)
        if not self.stale(reading.course.updated):
            self._taken += 1
            yield reading.course
