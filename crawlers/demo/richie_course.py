"""A course's page on a Richie site: far lighter than the real one, with the same hooks in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from html import escape

import attrs

from crawlers.demo import richie_runs
from crawlers.demo.offer import Offer, Record
from crawlers.demo.richie_addresses import Addresses
from crawlers.demo.richie_names import Named, Names
from crawlers.demo.richie_words import WORDS, grouped, iso_effort, languages_named, pace, span


@attrs.frozen
class CoursePage:
    """Renders course pages of one site."""

    offer: Offer
    names: Names
    at: Addresses

    def main(self, record: Record, language: str) -> str:
        """All that the page says of the course."""
        return (
            f'<div class="subheader subheader--alternative">{self._subheader(record, language)}'
            '</div><div class="course-detail"><div class="course-detail__grid">'
            f'<div class="course-detail__wrapper">{self._content(record, language)}</div>'
            f"{self._instances(record, language)}</div>"
            f'<div class="course-detail__relations">{self._relations(record, language)}</div></div>'
        )

    def head(self, record: Record, language: str) -> str:
        """What stands in the head beside the title: twins, description, image."""
        twins = "".join(
            f'<link rel="alternate" href="{self.at.url}{self.at.path(record, each)}"'
            f' hreflang="{each}" />'
            for each in sorted(self.at.spoken(record))
        )
        title = escape(self.at.text(record, "title", language))
        intro = escape(self.at.text(record, "introduction", language) or "")
        image = cover(record)
        shown = f"{self.at.url}{image['src']}" if image else f"{self.at.url}/static/richie/logo.png"
        return (
            f'{twins}<meta name="description" content="{intro}" />'
            f'<meta property="og:title" content="{title}" />'
            f'<meta property="og:url" content="{self.at.url}{self.at.path(record, language)}" />'
            f'<meta property="og:image" content="{shown}" />'
        )

    def _subheader(self, record: Record, language: str) -> str:
        words = WORDS[language]
        code = record.get("code")
        shown = (
            f'<div class="subheader__code" property="courseCode" content="{escape(code)}">\n'
            f"    {words['code']}{escape(code)}\n</div>"
            if code
            else ""
        )
        intro = self.at.text(record, "introduction", language)
        abstract = f'<div property="abstract">{escape(intro)}</div>' if intro else ""
        return (
            '<div class="subheader__container"><div class="subheader__intro">'
            '<div class="subheader__main"><h1 class="subheader__title" property="name">'
            f"{escape(self.at.text(record, 'title', language))}</h1>{shown}"
            f"{self._badges(record, language)}"
            f'<div class="subheader__content">{abstract}{self._characteristics(record, language)}'
            f'</div></div></div><div class="subheader__aside">{self._provider(record, language)}'
            f"{self._props(record)}</div></div>"
        )

    def _badges(self, record: Record, language: str) -> str:
        categories = self.names.categories(record)
        # The first category has an icon too: Richie then shows it twice.
        badges = "".join(self._badge(each, language) for each in categories[:1] + categories)
        return (
            '<div class="category-badge-list subheader__badges">'
            f'<div class="category-badge-list__container">{badges}</div></div>'
        )

    def _badge(self, each: Named, language: str) -> str:
        path, title = each.path(language), escape(each.title(language))
        return (
            f'<a class="category-badge" href="{path}" property="keywords" typeof="DefinedTerm">'
            f'<meta content="{title}" property="name" /><meta content="{path}" property="url" />'
            f'<span class="offscreen">{WORDS[language]["category"]}</span>'
            f'<span class="category-badge__title">{title}</span></a>'
        )

    def _characteristics(self, record: Record, language: str) -> str:
        items = "".join(_characteristics(record, language))
        return (
            '<div class="characteristics"><ul class="characteristics__container">'
            f"{items}</ul></div>"
        )

    def _provider(self, record: Record, language: str) -> str:
        organisations = self.names.of("organizations", record)
        if not organisations:
            return ""
        first = organisations[0]
        path, name = first.path(language), escape(first.name)
        said = f"{WORDS[language]['main_organisation']} &quot;{name}&quot;"
        return (
            f'<a href="{path}" title="{said}" class="subheader__cartouche" property="provider"'
            f' typeof="CollegeOrUniversity"><meta property="name" content="{name}"/>'
            f'<meta property="url" content="{self.at.url}{path}"/></a>'
        )

    def _props(self, record: Record) -> str:
        archive = self.at.archive(record)
        snapshot = f"{self.at.url}{archive}" if archive else None
        every = richie_runs.runs(self.offer, record)
        last = len(every) - 1
        props = {
            "course": {
                "id": int(record["ref"]) % 1000,
                "code": record.get("code"),
                "is_self_paced": record.get("self_paced", False),
            },
            "courseRuns": [
                richie_runs.in_props(run, record, snapshot if place == last else None)
                for place, run in enumerate(every)
            ],
            "maxArchivedCourseRuns": 10,
        }
        return (
            '<div class="richie-react richie-react--syllabus-course-runs-list" data-props='
            f"'{escape(json.dumps(props))}'></div>"
        )

    def _content(self, record: Record, language: str) -> str:
        words = WORDS[language]
        first = "".join(
            (
                _skills(self.at.text(record, "outcomes", language), words),
                _description(self.at.text(record, "description", language), words["description"]),
                _section("format", record.get("format"), words["format"], "description"),
                _section(
                    "prerequisites",
                    record.get("prerequisites"),
                    words["prerequisites"],
                    "coursePrerequisites",
                ),
                _section(
                    "assessment",
                    record.get("assessment"),
                    words["assessment"],
                    "educationalCredentialAwarded",
                ),
            )
        )
        plan = _plan(self.at.text(record, "plan", language), words["plan"])
        return (
            '<div class="course-detail__content"><div class="course-detail__block'
            f' course-detail__primary-group">{first}</div><div class="course-detail__block'
            f' course-detail__secondary-group">{plan}</div></div>'
        )

    def _instances(self, record: Record, language: str) -> str:
        spans = "".join(
            '<span rel="hasCourseInstance" typeof="CourseInstance">'
            f"<meta property=\"name\" content='{escape(_run_title(run))}' />"
            f'<meta property="inLanguage" content='
            f'"{languages_named(run.record["languages"], language)}" />'
            '<meta property="courseMode" content="online" />'
            f'<meta property="startDate" content="{_day(run.start)}"  />'
            f'<meta property="endDate" content="{_day(run.end)}"  />'
            f'<meta property="courseWorkload" content="{iso_effort(record.get("effort"))}" />'
            "</span>"
            for run in richie_runs.runs(self.offer, record)
        )
        return f'<div class="course-detail__aside">{spans}</div>'

    def _relations(self, record: Record, language: str) -> str:
        words = WORDS[language]
        team = "".join(self._person(each, language) for each in self.names.of("persons", record))
        organisations = "".join(
            self._organisation(each, language) for each in self.names.of("organizations", record)
        )
        licence = record.get("licence")
        return (
            _block("team", words["team"], team)
            + _block("organizations", words["organisations"], organisations)
            + (_licence(licence, words) if licence else "")
        )

    def _person(self, each: Named, language: str) -> str:
        name, path = escape(each.name), each.path(language)
        return (
            '<div class="person-glimpse" property="contributor" typeof="Person">'
            f'<meta property="name" content="{name}" />'
            f'<meta property="url" content="{self.at.url}{path}" />'
            f'<a href="{path}"><h3 class="person-glimpse__title">{name}</h3></a>'
            '<div class="person-glimpse__bio" property="description"></div></div>'
        )

    def _organisation(self, each: Named, language: str) -> str:
        path = each.path(language)
        return (
            f'<div class="organization-glimpse"><a href="{path}" property="author"'
            ' typeof="CollegeOrUniversity">'
            f'<meta property="url" content="{self.at.url}{path}" />'
            '<div class="organization-glimpse__content"><h2 class="organization-glimpse__title"'
            f' property="name">{escape(each.name)}</h2></div></a></div>'
        )


def cover(record: Record) -> dict[str, str] | None:
    """The cover image as the API has it: relative addresses; one course in seven has none."""
    if int(record["ref"]) % 7 == 0:
        return None
    src = f"/media/filer_public_thumbnails/filer_public/{record['ref']}/cover.jpg__300x170_q85.jpg"
    return {"src": src, "srcset": f"{src} 300w", "sizes": "300px"}


def _characteristics(record: Record, language: str) -> Iterator[str]:
    words = WORDS[language]
    duration, effort = record.get("duration"), record.get("effort")

    def item(text: str, attributes: str = "") -> str:
        return (
            f'<li class="characteristics__item"><span class="characteristics__term"{attributes}>'
            f"{text}</span></li>"
        )

    if duration:
        yield item(words["duration"] + span(duration, language))
    yield item(
        f"\n    {words['effort']}{span(effort, language)}\n",
        f' property="timeRequired" content="{iso_effort(effort)}"',
    )
    paced = words["self_paced"] if record.get("self_paced") else pace(duration, effort, language)
    if paced:
        yield item(words["pace"] + paced)
    codes = {code for run in record.get("sessions", ()) for code in run["languages"]}
    spoken = languages_named(sorted(codes), language)
    yield item(words["languages"] + spoken, f' property="availableLanguage" content="{spoken}"')
    if enrolled := record.get("enrolled"):
        yield (
            '<li class="characteristics__item" property="totalHistoricalEnrollment"'
            f' content="{enrolled}"><span class="characteristics__term">\n'
            f"    {grouped(enrolled, language)} {words['enrolled']}\n</span></li>"
        )


def _skills(outcomes: Iterable[str] | None, words: dict[str, str]) -> str:
    if not outcomes:
        return ""
    items = "".join(f"<li>{escape(each, quote=False)}</li>" for each in outcomes)
    return (
        '<div class="course-detail__row course-detail__skills" property="about" typeof="Thing">'
        f'<h2 class="course-detail__title" property="name">{words["skills"]}</h2>'
        f'<div property="description"><p>{words["skills_lead"]}</p><ul>{items}</ul></div></div>'
    )


def _description(text: str | None, title: str) -> str:
    if not text:
        return ""
    return (
        '<div class="course-detail__row course-detail__description"><h2'
        f' class="course-detail__title">{title}</h2><div property="description">'
        f"{_paragraphs(text)}</div></div>"
    )


def _section(name: str, text: str | None, title: str, prop: str) -> str:
    if not text:
        return ""
    about = ' property="about" typeof="Thing"' if name == "format" else ""
    return (
        f'<section class="course-detail__row course-detail__{name}"{about}><h2'
        f' class="course-detail__title">{title}</h2><div property="{prop}">'
        f"{_paragraphs(text)}</div></section>"
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in text.split("\n\n"))


def _plan(plan: list[str] | None, title: str) -> str:
    if not plan:
        return ""
    items = "".join(
        '<li><div class="nested-item nested-item--accordion nested-item--1" property="hasPart"'
        f' typeof="Syllabus"><meta property="name" content="{escape(each)}" />'
        f'<meta property="position" content="{place}" />'
        f'<button class="nested-item__title" data-accordion-button>\n    {escape(each)}\n'
        "</button></div></li>"
        for place, each in enumerate(plan)
    )
    return (
        '<section class="course-detail__row course-detail__plan"><h2'
        f' class="course-detail__title">{title}</h2><div class="nested-item'
        ' nested-item--accordion nested-item--0" property="syllabusSections" typeof="Syllabus">'
        f'<meta property="name" content="" /><ul class="nested-item__items">{items}</ul>'
        "</div></section>"
    )


def _run_title(run: richie_runs.Run) -> str:
    return run.record.get("title", f"Session {run.number}") or ""


def _day(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _block(name: str, title: str, items: str) -> str:
    if not items:
        return ""
    return (
        f'<div class="course-detail__{name} course-detail__block"><section class="section'
        f' course-detail__row course-detail__{name}"><h2 class="course-detail__title">\n'
        f'    {title}\n</h2><div class="section__items">{items}</div></section></div>'
    )


def _licence(name: str, words: dict[str, str]) -> str:
    link = "https://creativecommons.org/licenses/"
    return (
        '<div class="course-detail__license course-detail__block"><section'
        f' class="course-detail__row"><h2 class="course-detail__title">{words["licence"]}</h2>'
        f'<h3 class="course-detail__label">{words["licence_content"]}</h3>'
        '<div class="licence-plugin" property="license" typeof="CreativeWork">'
        f'<meta property="name" content="{escape(name)}" />'
        f'<meta property="url" content="{link}" /><h4 class="licence-plugin__title">'
        f'<a href="{link}">{escape(name)}</a></h4></div></section></div>'
    )
