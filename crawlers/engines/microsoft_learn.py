"""Microsoft Learn's catalogue API: one answer per type and language, joined by uid.

Each answer is the whole list of its type in one language, without paging. Courses of a type are
emitted when both its languages were read: with one missing they would lose a text that they had
last week; and a learning path when the modules it names were. The API states no price, so the
price stays unknown.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import attrs
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from catalogue import clean
from catalogue.course import Course
from catalogue.errors import Unreadable
from catalogue.words import fold
from crawlers.facts import Facts, rows
from crawlers.spider import Page, PlatformSpider

Item = Mapping[str, Any]
KINDS = {"modules": "course", "learningPaths": "programme"}
"""Types of the API that are courses. Its "courses" are taught in class, by partners."""
NAMES = ("levels", "roles", "products", "subjects")
"""Types that give names to ids; products and subjects hold further ones as children."""
_TOPICS = ("subjects", "products")
_READ = {"uid", "title", "summary", "url", "locale", "levels", "subjects", "products", "modules",
         "duration_in_minutes", "rating", "last_modified"}  # fmt: skip
# Pictures, the parts of a module, whom it is for, how often it is opened.
IGNORED = {"type", "icon_url", "social_image_url", "firstUnitUrl", "units", "number_of_children",
           "roles", "popularity", "study_guide", "trophy_url", "hidden"}  # fmt: skip
_TRACKING = ("wt.", "utm_")


@attrs.frozen(kw_only=True)
class Reading:
    """A course, and what in the answer nobody could read or has foreseen."""

    course: Course
    unreadable: tuple[tuple[str, Unreadable], ...] = ()
    unknown: Mapping[str, str] = attrs.Factory(dict)


def read(
    items: Sequence[Item],
    kind: str,
    platform: str,
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> Reading:
    """One course from the same item in each language, the preferred one first.

    `names` and `titles` are of subjects and products and of modules, by id. Where a text was
    never translated the API answers in English whatever it is asked for: an item's own locale
    says its language. Raises Unreadable without uid, title or address.
    """
    texts = _texts(items)
    main = texts[next(iter(texts))]
    facts = _facts(main)
    course = Course(
        platform=platform,
        ref=_required(main, "uid"),
        url=untracked(_required(main, "url")),
        title=_required(main, "title"),
        kind=kind,
        provider="Microsoft",
        summary=clean.plain(main.get("summary")),
        subjects=_named(main, names),
        plan=clean.items(titles.get(str(uid)) for uid in main.get("modules") or ()),
        updated=_updated(items, facts),
        translations=_translations(texts),
        quotes=facts.quotes,
        **facts.values,
        **_languages(texts),
    )
    unknown = {
        key: str(value)
        for item in items
        for key, value in item.items()
        if key not in _READ and key not in IGNORED
    }
    return Reading(course=course, unreadable=tuple(facts.unreadable), unknown=unknown)


def _texts(items: Sequence[Item]) -> dict[str, Item]:
    """The item in each language that it is really there in, in the order given."""
    texts: dict[str, Item] = {}
    for item in items:
        texts.setdefault(clean.language(str(item.get("locale") or "")) or "", item)
    return texts


def _languages(texts: Mapping[str, Item]) -> dict[str, Any]:
    codes = tuple(code for code in texts if code)
    return {"language": codes[0], "languages": codes} if codes else {}


def _translations(texts: Mapping[str, Item]) -> dict[str, dict[str, str]] | None:
    others = list(texts.items())[1:]
    found = {code: _translation(item) for code, item in others if code}
    return {code: said for code, said in found.items() if said} or None


def _translation(item: Item) -> dict[str, str]:
    said = {
        "title": clean.line(item.get("title")),
        "summary": clean.plain(item.get("summary")),
        "url": untracked(str(item.get("url") or "")),
    }
    return {key: value for key, value in said.items() if value}


def _facts(item: Item) -> Facts:
    facts = Facts()
    minutes = item.get("duration_in_minutes")
    facts.take("total_hours", _hours, minutes, "api", f"{minutes} minutes")
    levels = item.get("levels") or None
    facts.take("level", _level, levels, "api", ", ".join(map(str, levels or ())))
    rating = item.get("rating")
    if isinstance(rating, Mapping):
        facts.take("rating_count", clean.number, _text(rating.get("count")), "api")
        if facts.values.get("rating_count") != 0:
            facts.take("rating", clean.stars, rating.get("average"), "api")
    return facts


def _hours(minutes: Any) -> float | None:
    """Hours of stated minutes; 0 is a field left empty."""
    if isinstance(minutes, bool) or not isinstance(minutes, int | float):
        raise Unreadable(minutes, "minutes")
    return round(minutes / 60, 3) or None


def _level(said: Iterable[Any]) -> str | None:
    found = {level for each in said if (level := clean.level(str(each)))}
    return "mixed" if len(found) > 1 else next(iter(found), None)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _named(item: Item, names: Mapping[str, str]) -> tuple[str, ...] | None:
    ids = [str(each) for topic in _TOPICS for each in item.get(topic) or ()]
    return clean.items(names.get(each, each) for each in ids)


def _updated(items: Sequence[Item], facts: Facts) -> str | None:
    """The later day of the two: each language is edited for itself."""
    days: list[str] = []
    for item in items:
        stated = Facts(unreadable=facts.unreadable)
        stated.take("updated", clean.day, item.get("last_modified"), "api")
        days += stated.values.values()
    return max(days, default=None)


def untracked(url: str) -> str:
    """The address without parameters that only count clicks."""
    parts = urlsplit(url)
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not key.casefold().startswith(_TRACKING)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _required(item: Item, key: str) -> str:
    value = clean.line(str(item.get(key) or ""))
    if value is None:
        raise Unreadable(item.get(key), key)
    return value


def names_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """Names by id, of the answer to NAMES, children included."""
    found: dict[str, str] = {}
    waiting = [term for kind in NAMES for term in rows(answer.get(kind))]
    while waiting:
        term = waiting.pop()
        if term.get("id") and term.get("name"):
            found[str(term["id"])] = str(term["name"])
        waiting += rows(term.get("children"))
    return found


class MicrosoftLearnSpider(PlatformSpider):
    """Asks for the names, then for each type in each language, one after the other."""

    locales: ClassVar[Mapping[str, str]]
    """The API's locale of each of the platform's languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self._lists: dict[str, dict[str, dict[str, Item]]] = {}
        """Type -> language -> uid -> item, of the type that is being read."""
        self._all_titles = False
        """Were the modules read in every language?"""
        self._taken = 0

    async def start(self) -> AsyncIterator[Request]:
        """The names come first: without them every course would lose its subjects."""
        yield self._ask(NAMES, self.languages[0], self.parse_names)

    def _ask(self, types: Iterable[str], language: str, callback: Any, **where: Any) -> Request:
        query = {"locale": self.locales[language], "type": ",".join(types)}
        return self.ask(f"api/catalog/?{urlencode(query)}", callback, **where)

    def parse_names(self, response: Response) -> Iterator[Request]:
        """Names of subjects and products; then the first list."""
        answer = self.json(response)
        if not isinstance(answer, Mapping) or not any(rows(answer.get(kind)) for kind in NAMES):
            if answer is not None:
                self.error(response.url, f"no names: {response.body[:80]!r}")
            return
        self.names = names_of(answer)
        yield self._ask_list(0)

    def _ask_list(self, step: int) -> Request:
        kind, language = self._steps()[step]
        request = self._ask((kind,), language, self.parse_list, step=step)
        return request.replace(errback=self.missed_list)

    def _steps(self) -> list[tuple[str, str]]:
        return [(kind, language) for kind in KINDS for language in self.languages]

    def parse_list(self, response: Response, step: int) -> Iterator[Request | Page]:
        """One type in one language; after its last language, its courses."""
        kind, language = self._steps()[step]
        answer = self.json(response)
        listed = answer.get(kind) if isinstance(answer, Mapping) else None
        if isinstance(listed, list):
            self._lists.setdefault(kind, {})[language] = self._by_uid(rows(listed), language)
        elif answer is not None:
            self.error(response.url, f"no list of {kind}: {response.body[:80]!r}")
        yield from self._go_on(step)

    def missed_list(self, failure: Failure) -> Iterator[Request | Page]:
        """A list that failed is an error, but the lists after it are still read."""
        self.failed(failure)
        yield from self._go_on(failure.request.cb_kwargs["step"])  # type: ignore[attr-defined]

    def _go_on(self, step: int) -> Iterator[Request | Page]:
        kind, language = self._steps()[step]
        if language == self.languages[-1]:
            yield Page(courses=tuple(self._courses(kind)))
        if step + 1 < len(self._steps()):
            yield self._ask_list(step + 1)

    def _by_uid(self, items: Iterable[Item], language: str) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for item in items:
            uid = str(item.get("uid") or "")
            if uid in found:
                self.issue("duplicate", "uid", uid, uid)
            found.setdefault(uid, {"locale": self.locales[language], **item})
        return found

    def _courses(self, kind: str) -> Iterator[Course]:
        by_language = self._lists.pop(kind, {})
        whole = len(by_language) == len(self.languages)
        if kind == "modules":
            self._learn_titles(by_language)
            self._all_titles = whole
        if not whole:
            return
        lists = by_language.values()
        uids = list(dict.fromkeys(uid for each in lists for uid in each))
        self.announced = (self.announced or 0) + len(uids)
        for uid in uids:
            items = [each[uid] for each in lists if uid in each]
            if self._plan_known(items) and self._wanted(items) and not self.memory.harvested(uid):
                yield from self._read(uid, items, KINDS[kind])

    def _learn_titles(self, by_language: Mapping[str, Mapping[str, Item]]) -> None:
        """A module's title is in the preferred language it is there in: not of a list that
        stands in for one that failed."""
        for language in self.languages:
            if language not in by_language:
                return
            for uid, item in by_language[language].items():
                self.titles.setdefault(uid, str(item.get("title") or ""))

    def _plan_known(self, items: Sequence[Item]) -> bool:
        """Would a path keep its plan? Not where modules that it names could not be read."""
        return self._all_titles or all(
            str(uid) in self.titles for item in items for uid in item.get("modules") or ()
        )

    def _wanted(self, items: Iterable[Item]) -> bool:
        if self.limit is not None and self._taken >= self.limit:
            return False
        if not self.match:
            return True
        said = " ".join(f"{item.get('title')} {item.get('summary')}" for item in items)
        return fold(self.match) in fold(said)

    def _read(self, uid: str, items: Sequence[Item], kind: str) -> Iterator[Course]:
        try:
            reading = read(items, kind, self.name, self.names, self.titles)
        except Unreadable as error:
            self.reject(uid, f"{error.wanted}: {error.words}")
            return
        for field, words in reading.unreadable:
            self.unreadable(field, words, uid)
        for field, example in reading.unknown.items():
            self.issue("unknown_field", field, example, uid)
        if not self.stale(reading.course.updated):
            self._taken += 1
            yield reading.course
