"""A Richie site: FUN and NAU run this software. Its API, its pages, its traps.

As observed of Richie 3.4.0: the API answers HTML to whoever prefers HTML, in the language of the
cookie that every answer sets; an unknown API path is a redirect; limit is 10 unless said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalogue.words import fold
from crawlers.demo import richie_runs
from crawlers.demo.exchange import Answer, Asked, as_json, languages_wanted, moved, page, plain, xml
from crawlers.demo.offer import Offer, Record
from crawlers.demo.richie_addresses import Addresses
from crawlers.demo.richie_course import cover
from crawlers.demo.richie_names import Names
from crawlers.demo.richie_page import Pages, browsable
from crawlers.demo.richie_words import PATHS, WORDS, slug, span

API = "/api/v1.0/"
AVAILABILITY = {"open": (0, 1, 2), "coming_soon": (1, 3, 4), "ongoing": (0, 5), "archived": (2, 6)}
FILTERS = ("subjects", "levels", "organizations", "persons", "licences")
NO_CREDENTIALS = {"detail": "Informations d'authentification non fournies."}


class Refused(Exception):
    """A parameter that the API does not take."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.errors = {"errors": {field: [words]}}


class RichieSite:
    """One Richie site on one day. `platform` is fun (French, English) or nau (Portuguese)."""

    def __init__(self, offer: Offer, url: str, platform: str) -> None:
        self.offer = offer
        self.url = url
        self.languages = ("pt", "en") if platform == "nau" else ("fr", "en")
        self.names = Names(offer)
        self.at = Addresses(url, self.languages)
        self.pages = Pages(offer, self.names, self.at)
        self._walks = 0

    def answer(self, asked: Asked) -> Answer:
        """The answer to one request; each sets the language cookie."""
        language = self._language(asked)
        answer = self._route(asked, language)
        if asked.path == "/sitemap.xml":
            language = self.languages[0]
        return answer.plus(
            Set_Cookie=f"django_language={language}; Path=/; Max-Age=31536000; SameSite=Lax",
            Content_Language=language,
            X_Frame_Options="DENY",
        )

    def _language(self, asked: Asked) -> str:
        """The path's language, else the cookie's, else the browser's, else the site's own."""
        wanted = [asked.path.split("/")[1], asked.cookie("django_language") or ""]
        wanted += languages_wanted(asked.headers.get("accept-language", ""))
        return next((each for each in wanted if each in self.languages), self.languages[0])

    def _route(self, asked: Asked, language: str) -> Answer:
        path = asked.path
        if path == "/robots.txt":
            return plain(f"User-Agent: *\nSitemap: {self.url}/sitemap.xml\n")
        if path == "/sitemap.xml":
            return self._sitemap()
        if path.startswith("/api/"):
            return self._api(asked, language)
        if path == "/":
            return moved(f"/{language}/")
        if not path.endswith("/"):
            return moved(asked.target.replace(path, path + "/", 1), 301)
        if path.split("/")[1] not in self.languages:
            return moved(f"/{language}{asked.target}")
        return self._page(path, language)

    # --- pages

    def _page(self, path: str, language: str) -> Answer:
        found = self.pages.find(path, language)
        if found is None:
            return page(self.pages.missing(language), 404)
        if found.moved_to:
            return moved(found.moved_to)
        return page(found.html).plus(Cache_Control="max-age=600", Vary="Accept-Language, Cookie")

    def _sitemap(self) -> Answer:
        entries = "".join(
            f"<url><loc>{self.url}{path}</loc><lastmod>{lastmod}</lastmod>"
            "<changefreq>monthly</changefreq><priority>0.5</priority></url>"
            for path, lastmod in self.pages.addresses()
        )
        return xml(
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset'
            ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}\n</urlset>'
        ).plus(Last_Modified=f"{self.offer.day:%a, %d %b %Y} 00:00:00 GMT")

    # --- API

    def _api(self, asked: Asked, language: str) -> Answer:
        if not asked.path.startswith(API):
            return moved(f"/{language}{asked.target}")
        if not asked.path.endswith("/"):
            return moved(asked.target.replace(asked.path, asked.path + "/", 1), 301)
        wants = _renderer(asked)
        if wants is None:
            return as_json({"detail": "Not acceptable"}, 406)
        answer = self._resource(asked, asked.path.removeprefix(API).rstrip("/"), language)
        if wants == "html" and answer.headers["Content-Type"] == "application/json":
            answer = browsable(answer, asked, self.url)
        return answer.plus(Allow="GET, HEAD, OPTIONS", Vary="Accept, Accept-Language, Cookie")

    def _resource(self, asked: Asked, name: str, language: str) -> Answer:
        kind, _, key = name.partition("/")
        try:
            if name == "courses":
                return as_json(self._list(asked, language))
            if name == "filter-definitions":
                return as_json(definitions(language))
            if name == "courses/autocomplete":
                return self._autocomplete(asked, language)
            if name == "course-runs":
                return as_json(NO_CREDENTIALS, 403)
            if kind == "courses" or (kind == "course-runs" and _renderer(asked) == "html"):
                return page("<h1>Server Error (500)</h1>", 500)
            if kind == "course-runs":
                return self._run(int(key) if key.isdigit() else 0, language)
            if key:
                return moved(f"/{language}{asked.target}")
            return as_json(_slice(self.names.vocabulary(name, language), *window(asked, language)))
        except Refused as refused:
            return as_json(refused.errors, 400)

    def _autocomplete(self, asked: Asked, language: str) -> Answer:
        if asked.parameter("query") is None:
            return as_json({"errors": {"query": ["This field is required."]}}, 400)
        found = self._matching(asked, language)
        return as_json([{"id": each["ref"], "kind": "courses"} for each in found])

    def _run(self, number: int, language: str) -> Answer:
        for course in self.offer.here:
            for run in richie_runs.runs(self.offer, course):
                props = richie_runs.in_props(run, course, None)
                if props["id"] == number:
                    del props["display_mode"], props["snapshot"]
                    state = richie_runs.state(self.offer, run, language)
                    return as_json({**props, "state": state, "enrollment_count": 0})
        return moved(f"/{language}{API}course-runs/{number}/")

    def _list(self, asked: Asked, language: str) -> dict[str, Any]:
        limit, offset = window(asked, language)
        found = self._matching(asked, language)
        ordered = self._ordered(found, offset)
        shown = ordered[offset : offset + limit]
        total = self.offer.announced if len(found) == len(self.offer.listed) else len(found)
        meta = {"count": len(shown), "offset": offset, "total_count": total}
        answer: dict[str, Any] = {"meta": meta}
        scope = asked.parameter("scope")
        if scope != "filters":
            answer["objects"] = [self.listing(each, language) for each in shown]
        if scope != "objects":
            answer["filters"] = definitions(language)
        return answer

    def _ordered(self, found: list[Record], offset: int) -> list[Record]:
        if offset == 0 or self.offer.shifting:
            self._walks += 1

        def rank(record: Record) -> tuple[int, int]:
            priority = richie_runs.best(self.offer, record, self.languages[0])[0]["priority"]
            turn = 7 * self._walks if self.offer.shifting else 0
            return priority, (int(record["ref"]) * 31 + turn * int(record["ref"])) % 101

        doubles = self.offer.duplicate_ids
        once = found[:-doubles] if doubles else found
        ordered = sorted(once, key=rank) + found[len(once) :]
        if offset and self._walks == 1 and self.offer.overlap:
            return ordered[: self.offer.overlap] + ordered[: -self.offer.overlap]
        return ordered

    def _matching(self, asked: Asked, language: str) -> list[Record]:
        query, states = _query(asked, language), _states(asked, language)
        return [
            record
            for record in self.offer.listed
            if self._has(record, asked)
            and (query is None or fold(query) in fold(_text(record)))
            and (states is None or self._priority(record) in states)
        ]

    def _priority(self, record: Record) -> int:
        priority: int = richie_runs.best(self.offer, record, "en")[0]["priority"]
        return priority

    def _has(self, record: Record, asked: Asked) -> bool:
        languages = {code for run in record.get("sessions", ()) for code in run["languages"]}
        wanted = asked.values("languages")
        return (not wanted or not languages.isdisjoint(wanted)) and all(
            not asked.values(kind)
            or {each.id for each in self.names.of(kind, record)} & set(asked.values(kind))
            for kind in FILTERS
        )

    def listing(self, record: Record, language: str) -> dict[str, Any]:
        """A course as an element of the list API."""
        state, run = richie_runs.best(self.offer, record, language)
        organisations = self.names.of("organizations", record)
        shown = richie_runs.listed(richie_runs.runs(self.offer, record))
        return {
            "absolute_url": self.at.path(record, language),
            "cover_image": cover(record),
            "duration": span(record.get("duration"), language),
            "effort": span(record.get("effort"), language),
            "icon": None,
            "introduction": self.at.text(record, "introduction", language),
            "title": self.at.text(record, "title", language),
            "id": record["ref"],
            "categories": [each.id for each in self.names.categories(record)],
            "code": record.get("code"),
            "course_runs": [richie_runs.in_list(each) for each in shown],
            "organization_highlighted": organisations[0].name if organisations else None,
            "organization_highlighted_cover_image": None,
            "organizations": [each.id for each in organisations],
            "state": state,
            **richie_runs.money(run.record if run else None),
        }


def _text(record: Record) -> str:
    return " ".join(str(record.get(key) or "") for key in ("title", "introduction", "description"))


def _query(asked: Asked, language: str) -> str | None:
    query, words = asked.parameter("query"), WORDS[language]
    if query is None or 3 <= len(query) <= 100:
        return query
    key, bound = ("min_length", 3) if len(query) < 3 else ("max_length", 100)
    raise Refused("query", words[key].format(bound, len(query)))


def _states(asked: Asked, language: str) -> set[int] | None:
    wanted = asked.values("availability")
    for name in wanted:
        if name not in AVAILABILITY:
            raise Refused("availability", WORDS[language]["choice"].format(name))
    return {state for name in wanted for state in AVAILABILITY[name]} or None


def window(asked: Asked, language: str) -> tuple[int, int]:
    """limit and offset of a request to the API; raises Refused."""
    return (
        _whole(asked, "limit", 10, 1, language),
        _whole(asked, "offset", 0, 0, language),
    )


def _whole(asked: Asked, name: str, default: int, least: int, language: str) -> int:
    text = asked.parameter(name)
    if not text:
        return default
    try:
        value = int(text)
    except ValueError:
        raise Refused(name, WORDS[language]["integer"]) from None
    if value < least:
        raise Refused(name, WORDS[language]["min_value"].format(least))
    return value


def _slice(every: Sequence[dict[str, Any]], limit: int, offset: int) -> dict[str, Any]:
    shown = list(every[offset : offset + limit])
    meta = {"count": len(shown), "offset": offset, "total_count": len(every)}
    return {"meta": meta, "objects": shown}


def _renderer(asked: Asked) -> str | None:
    """json or html as Django REST framework chooses: by how exact a type is, never by its q."""
    formats = {"json": "application/json", "html": "text/html"}
    if asked.parameter("format"):
        formats = {"json": formats["json"]}
    accepted = [part.strip() for part in asked.headers.get("accept", "*/*").split(",")]
    for exactness in (2, 1, 0):
        for name, media in formats.items():
            for each in accepted:
                kind = each.split(";")[0]
                if _exactness(kind) == exactness and _matches(kind, media):
                    return name
    return None


def _exactness(kind: str) -> int:
    return 0 if kind.startswith("*") else 1 if kind.endswith("/*") else 2


def _matches(kind: str, media: str) -> bool:
    return kind in (media, "*/*") or (kind.endswith("/*") and media.startswith(kind[:-1]))


def definitions(language: str) -> dict[str, Any]:
    """The filter definitions, the same whatever is asked."""
    names = ("new", "availability", "subjects", "levels", "organizations", "languages")
    return {
        name: {
            "base_path": {
                "subjects": "00020001",
                "levels": "00020002",
                "organizations": "0003",
            }.get(name),
            "human_name": _human(name, language),
            "is_autocompletable": name in FILTERS,
            "is_drilldown": name == "availability",
            "is_searchable": name in FILTERS,
            "name": name,
            "position": place,
        }
        for place, name in enumerate((*names, "persons", "licences", "pace"))
    }


def _human(name: str, language: str) -> str:
    return (PATHS[language].get(name) or slug(name)).split("/")[-1].replace("-", " ").capitalize()
