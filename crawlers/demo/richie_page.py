"""The pages of a Richie site and where to find them; the course page is `richie_course`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from html import escape

import attrs

from crawlers.demo.exchange import Answer, Asked, page
from crawlers.demo.offer import Offer, Record
from crawlers.demo.richie_addresses import Addresses
from crawlers.demo.richie_course import CoursePage
from crawlers.demo.richie_names import Named, Names
from crawlers.demo.richie_words import PATHS, WORDS


@attrs.frozen
class Found:
    """A page, or the address it has in the language asked for."""

    html: str = ""
    moved_to: str | None = None


class Pages:
    """Every page of one site: courses and snapshots, organisations, categories, persons."""

    def __init__(self, offer: Offer, names: Names, addresses: Addresses) -> None:
        self.offer = offer
        self.names = names
        self.at = addresses
        self.courses = CoursePage(offer, names, addresses)

    def find(self, path: str, language: str) -> Found | None:
        """The page at a path; None when there is none."""
        parts = path.strip("/").split("/")
        if len(parts) == 1:
            return Found(self._listing(language))
        if parts[1] in self._course_folders():
            return self._find_course(path, parts[2:], language)
        for each in self.names.every():
            if path in (each.path(language), each.path(self.at.languages[0])):
                return Found(self._named(each, language))
        return None

    def _course_folders(self) -> set[str]:
        return {PATHS[each][key] for each in self.at.languages for key in ("list", "course")}

    def _find_course(self, path: str, slugs: list[str], language: str) -> Found | None:
        if not slugs:
            return Found(self._listing(language))
        record = self._record(slugs[0])
        if record is None:
            return None
        if slugs[1:]:
            snapshot = path == self.at.archive(record)
            return Found(self._course(record, language, "noindex")) if snapshot else None
        canonical = self.at.path(record, language)
        if path != canonical:
            return Found(moved_to=canonical)
        return Found(self._course(record, language))

    def _record(self, wanted: str) -> Record | None:
        return next(
            (
                record
                for record in self.offer.here
                if wanted in {self.at.slug(record, each) for each in self.at.languages}
            ),
            None,
        )

    def addresses(self) -> Iterator[tuple[str, dt.date]]:
        """Every page's path and the day it last changed, as the site map has them."""
        for language in self.at.languages:
            yield f"/{language}/{PATHS[language]['list']}/", self.offer.day
        for record in self.offer.here + self.offer.here[: self.offer.duplicate_ids]:
            for language in self.at.spoken(record):
                yield self.at.path(record, language), self.offer.updated(record)
            if archive := self.at.archive(record):
                yield archive, self.offer.updated(record)
        for each in self.names.every():
            if each.kind != "licences":
                for language in self.at.languages:
                    yield each.path(language), self.offer.day - dt.timedelta(days=90)

    def missing(self, language: str) -> str:
        """The page that answers 404."""
        return _document(WORDS[language]["not_found"], language)

    def _course(self, record: Record, language: str, robots: str = "index,follow,all") -> str:
        title = self.at.text(record, "title", language)
        return _document(
            f"{title} - {WORDS[language]['course']}",
            language,
            self.courses.main(record, language),
            kind="Course",
            head=self.courses.head(record, language),
            robots=robots,
        )

    def _listing(self, language: str) -> str:
        links = "".join(
            f'<li><a href="{self.at.path(each, language)}">'
            f"{escape(self.at.text(each, 'title', language))}</a></li>"
            for each in self.offer.listed[:21]
        )
        return _document(WORDS[language]["course"], language, f"<ul>{links}</ul>")

    def _named(self, each: Named, language: str) -> str:
        kind = "Organization" if each.kind == "organizations" else "DefinedTerm"
        title = each.title(language)
        return _document(title, language, f"<h1>{escape(title)}</h1>", kind=kind)


def _document(
    title: str,
    language: str,
    main: str = "",
    *,
    kind: str | None = None,
    head: str = "",
    robots: str = "index,follow,all",
) -> str:
    rdfa = f' vocab="https://schema.org/" typeof="{kind}"' if kind else ""
    return (
        f'\n<!doctype html>\n<html lang="{language}">\n<head>\n<title>\n'
        f"    {escape(title)} - \n    Richie\n</title>"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="{robots}">{head}\n</head>\n<body{rdfa}>\n'
        '<header class="topbar__header"><a href="/" rel="home">Richie</a></header>\n'
        f'<main id="site-content" class="body-content">{main}</main>\n'
        '<footer id="site-footer"></footer>\n</body>\n</html>\n'
    )


def browsable(answer: Answer, asked: Asked, url: str) -> Answer:
    """The API's answer as the page that Django REST framework makes for a browser."""
    said = json.dumps(json.loads(answer.body), ensure_ascii=False, indent=4)
    html = (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>\n'
        '<meta name="robots" content="NONE,NOARCHIVE" />\n'
        "<title>Courses List – Django REST framework</title>\n</head>\n<body>\n"
        f'<pre class="prettyprint"><b>GET</b> {escape(url + asked.target)}\n\n'
        f"{escape(said)}</pre>\n</body>\n</html>\n"
    )
    return page(html, answer.status)
