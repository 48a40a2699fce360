"""Any Open edX instance, by the course list that its LMS gives to everybody.

A platform file needs no more than this:

    class Somewhere(OpenEdxSpider):
        name = "somewhere"
        title = "Somewhere"
        home = "https://lms.somewhere.example"   # the LMS: where /courses/.../about is
        languages = ("fr",)                      # of the site
        timezone = "Europe/Paris"
        course_language = "fr"                   # leave out where courses differ
        overview = True                          # the description costs one request per course
        floor = 40
        licence = "Listing data of Somewhere; facts and short quotations, with a link to each"
        terms = "https://lms.somewhere.example/tos"

The list is walked to its end before any course is made, as its rows are runs. courses.edx.org
itself is no use as a catalogue: most of its rows are copies for one class.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from catalogue.errors import Unreadable
from catalogue.words import fold
from crawlers.engines.openedx_course import Instance, Run, course_of, id_of, newest, read
from crawlers.engines.own_host import OwnHostSpider
from crawlers.facts import rows
from crawlers.pile import Pile
from crawlers.spider import Page

LIST = "/api/courses/v1/courses/"
PAGE = 100
"""The most that the API gives; it says nothing of having been asked for more."""
_HEADERS = {"Accept": "application/json"}
_BATCH = 100


class OpenEdxSpider(OwnHostSpider):
    """Walks the course list of one instance, then, where asked to, each course's overview.

    Argument `overview` (1 or 0) overrules what the platform file declares.
    """

    # Anonymous users have 20 requests a minute; sites may set fewer, and then answer 429.
    delay = 3.0
    course_language: ClassVar[str | None] = None
    """The language of all courses, where they have one: the list does not tell."""
    overview: ClassVar[bool] = False
    """Ask for each course's description? It stands in no list."""

    def __init__(self, *args: Any, overview: str | bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = Instance(
            platform=self.name,
            home=self.home,
            timezone=self.timezone,
            audience=self.audience,
            language=self.course_language,
        )
        self.with_overview = self.overview if overview is None else overview in (True, "1", "yes")
        self.runs = Pile()
        """By course; those that are of none are under no name."""
        self._places: dict[str, int] = {}
        """Where in the pile each run is, by its id."""
        self._asked: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        """The first page of the list."""
        yield self._ask_list(f"{LIST}?{urlencode({'page_size': PAGE})}")

    def _ask_list(self, address: str) -> Request:
        self._asked.add(address)
        return self.ask_here(address, self.parse_list, self.missed_list, headers=_HEADERS)

    def missed_list(self, failure: Failure) -> Iterator[Any]:
        """A page of the list that moved is followed on the site; else the crawl ends in error.

        Without one page, any course may lack the run that speaks for it: none is made.
        """
        if request := self.again(failure):
            yield request
        else:
            yield from self.failed(failure)

    def parse_list(self, response: Response) -> Iterator[Any]:
        """One page of the list: its runs, then the page after it; after the last, the courses."""
        answer = self.json(response)
        paging = answer.get("pagination") if isinstance(answer, Mapping) else None
        if not isinstance(paging, Mapping) or not isinstance(answer.get("results"), list):
            if answer is not None:
                self.error(response.url, f"not an Open edX list: {response.body[:80]!r}")
            return
        for run in rows(answer["results"]):
            self._keep(run)
        if paging.get("next") is None:
            self._check(response, paging.get("count"))
            yield from self._courses()
        else:
            yield from self._next(response, str(paging["next"]))

    def _keep(self, run: Run) -> None:
        key = id_of(run)
        if not key:
            self.reject("no key", f"no key: {run!s:.200}")
        elif key in self._places:
            self.issue("duplicate", "id", key, key)
            self.runs.replace(self._places[key], run, course_of(run))
        else:
            self._places[key] = self.runs.add(run, course_of(run))

    def _check(self, response: Response, count: Any) -> None:
        """Only the last page counts right: before it the server guesses from what it has read."""
        if isinstance(count, int) and len(self.runs) < count:
            self.error(response.url, f"{count} runs announced, {len(self.runs)} listed")

    def _next(self, response: Response, said: str) -> Iterator[Request]:
        address = self.here(said)
        if address is None:
            self.error(response.url, f"the next page is on another host: {said}")
        elif address in self._asked:
            self.error(response.url, f"the list goes in a circle: {said}")
        else:
            yield self._ask_list(address)

    def _courses(self) -> Iterator[Any]:
        """Every course of the runs listed, or a request for what its page adds."""
        self.announced = self.runs.names
        wanted = (each for each in self.runs.by_name() if self._wanted(each[1]))
        to_read = (
            each for each in islice(wanted, self.limit) if not self.memory.harvested(each[0])
        )
        if self.with_overview:
            for ref, runs in to_read:
                yield self._ask_overview(ref, runs)
            return
        while batch := list(islice(to_read, _BATCH)):
            found = [page for ref, runs in batch for page in self._read(ref, runs)]
            yield Page(courses=tuple(course for page in found for course in page.courses))

    def _wanted(self, runs: Sequence[Run]) -> bool:
        main = newest(runs)
        said = f"{main.get('name')} {main.get('short_description')}"
        return not self.match or fold(self.match) in fold(said)

    def _ask_overview(self, ref: str, runs: Sequence[Run]) -> Request:
        return self.ask_here(
            f"{LIST}{quote(id_of(newest(runs)), safe=':+@')}/",
            self.parse_overview,
            self.missed_overview,
            headers=_HEADERS,
            ref=ref,
        )

    def parse_overview(self, response: Response, ref: str) -> Iterator[Page]:
        """The newest run whole, with its overview."""
        answer = self.json(response)
        runs = self.runs.under(ref)
        if not isinstance(answer, Mapping) or id_of(answer) != id_of(newest(runs)):
            if answer is not None:
                self.error(response.url, f"not the course asked for: {response.body[:80]!r}")
            return
        whole = [answer if id_of(run) == id_of(answer) else run for run in runs]
        yield from self._read(ref, whole)

    def missed_overview(self, failure: Failure) -> Iterator[Any]:
        """A course whose page is gone stays listed; any other failure is the crawl's."""
        request = self.again(failure)
        if request is not None:
            yield request
        elif self.gone(failure):
            where = failure.request.cb_kwargs  # type: ignore[attr-defined]
            self.reject(where["ref"], "its page is gone")
        else:
            yield from self.failed(failure)

    def _read(self, ref: str, runs: Sequence[Run]) -> Iterator[Page]:
        try:
            reading = read(runs, self.instance)
        except Unreadable as error:
            self.reject(ref, f"no {error.wanted}: {error.words}")
            return
        for field, words in reading.unreadable:
            self.unreadable(field, words, ref)
        for field, example in reading.unknown.items():
            self.issue("unknown_field", field, example, ref)
        yield Page(courses=(reading.course,))
