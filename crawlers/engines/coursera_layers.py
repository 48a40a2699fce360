"""What a Coursera course page says in its JSON-LD and what it shows.

Reports of the page's markup differ, so each layer is read by itself: a pure function from the
page to facts, the words as they stand there. The third layer, the scripts' state, is read in
`coursera_state`; `coursera_page` merges the three and reads the words.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from parsel import Selector, SelectorList

from crawlers.engines import jsonld
from crawlers.engines.jsonld import Markup, Node

Facts = dict[str, str | tuple[str, ...]]
"""Fact -> its words, for facts that the layer states; lists as tuples."""

LEARN = re.compile(r"/learn/(?P<slug>[^/?#]+)")


def slug_of(url: str) -> str | None:
    """The course's slug in the address of its page."""
    found = LEARN.search(url)
    return found["slug"] if found else None


def stated(facts: dict[str, Any]) -> Facts:
    """The facts without those that the layer does not state."""
    return {name: words for name, words in facts.items() if words}


# JSON-LD: a Course node, and the BreadcrumbList that files it.

_READ = {
    "name", "description", "hasCourseInstance", "syllabusSections", "teaches",
    "coursePrerequisites", "offers", "aggregateRating", "totalHistoricalEnrollment", "inLanguage",
    "provider", "educationalLevel", "about", "educationalCredentialAwarded",
}  # fmt: skip
_IGNORED = {
    "@id", "@type", "@context", "url", "image", "publisher", "review", "availableLanguage",
    "datePublished", "financialAidEligible", "video", "isAccessibleForFree", "mainEntityOfPage",
    "sameAs", "courseCode", "hasPart", "isPartOf",
}  # fmt: skip


def jsonld_facts(markup: Markup, slug: str) -> Facts:
    """What the page's JSON-LD says of the course with this slug."""
    subjects = _trail(markup)
    course = course_node(markup, slug)
    if course is None:
        return stated({"subjects": subjects, "answers": jsonld.answers(markup)})
    teaches = markup.texts(course, "teaches")
    tags = _are_tags(teaches)
    return stated(
        {
            "title": markup.text(course, "name"),
            "description": markup.text(course, "description"),
            "providers": markup.texts(course, "provider"),
            "language": markup.texts(course, "inLanguage"),
            "level": markup.text(course, "educationalLevel"),
            "skills": teaches if tags else (),
            "outcomes": () if tags else teaches,
            "subjects": subjects or markup.texts(course, "about"),
            "prerequisites": "\n".join(markup.texts(course, "coursePrerequisites")),
            "plan": markup.texts(course, "syllabusSections"),
            "enrolled": markup.text(course, "totalHistoricalEnrollment"),
            "assessment": markup.text(course, "educationalCredentialAwarded"),
            "answers": jsonld.answers(markup),
            **_instance_facts(markup, course),
            **_offer_facts(markup, course),
            **_rating_facts(markup, course),
        }
    )


def unknown_properties(markup: Markup, slug: str) -> list[str]:
    """Properties of the Course node that nobody has decided about: the site has changed."""
    course = course_node(markup, slug) or {}
    return [name for name in course if name not in _READ and name not in _IGNORED]


def course_node(markup: Markup, slug: str) -> Node | None:
    """The node of this page's course: a page may also list others that one might like."""
    courses = markup.of("Course")
    by_slug = [(slug_of(_address(markup, course)), course) for course in courses]
    own = [course for found, course in by_slug if found == slug]
    nameless = [course for found, course in by_slug if found is None]
    return max(own or nameless, key=len, default=None)


def _address(markup: Markup, course: Node) -> str:
    return markup.text(course, "url") or str(course.get("@id", ""))


def _are_tags(teaches: tuple[str, ...]) -> bool:
    """Is this a list of skills ("Public Speaking") and not of sentences? Both are published."""
    lengths = sorted(len(each.split()) for each in teaches)
    return bool(lengths) and lengths[len(lengths) // 2] <= 4


def _instance_facts(markup: Markup, course: Node) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for instance in markup.nodes_of(course, "hasCourseInstance"):
        said = {
            "workload": markup.text(instance, "courseWorkload"),
            "schedule": jsonld.schedule_words(markup, instance),
            "instructors": markup.texts(instance, "instructor"),
            "format": markup.text(instance, "courseMode"),
        }
        facts = stated(said) | facts
    return facts


def _offer_facts(markup: Markup, course: Node) -> dict[str, Any]:
    for offer in markup.nodes_of(course, "offers"):
        price, currency = markup.text(offer, "price"), markup.text(offer, "priceCurrency")
        category = markup.text(offer, "category")
        if category or price:
            return {"access": category, "price": f"{price} {currency or ''}" if price else None}
    return {}


def _rating_facts(markup: Markup, course: Node) -> dict[str, Any]:
    for rating in markup.nodes_of(course, "aggregateRating"):
        value, best = markup.text(rating, "ratingValue"), markup.text(rating, "bestRating")
        count = markup.text(rating, "ratingCount") or markup.text(rating, "reviewCount")
        value = f"{value}/{best}" if value and best not in (None, "5") else value
        return {"rating": value, "rating_count": count}
    return {}


def _trail(markup: Markup) -> tuple[str, ...]:
    """Browse > Domain > Subdomain without the Browse."""
    for trail in markup.of("BreadcrumbList"):
        steps = [
            next(iter(markup.texts(step, "name") or markup.texts(step, "item")), "")
            for step in markup.nodes_of(trail, "itemListElement")
        ]
        return _below_the_top(steps)
    return ()


def _below_the_top(steps: list[str]) -> tuple[str, ...]:
    return tuple(step for step in steps if step and step not in ("Browse", "Home"))


# DOM: attributes and words; the classes change with every build of the site.

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_KEY_INFORMATION = '//div[@data-e2e="key-information"]'
_TO_COMPLETE = re.compile(r"(?:approx\.? )?(\d+(?:\.\d+)?(?: \w+){1,3}) to complete", re.IGNORECASE)
_SPAN = re.compile(r"\d+(?:\.\d+)? (?:week|month)s?", re.IGNORECASE)
_A_WEEK = re.compile(r"(?:at )?\d+(?:\.\d+)?(?:-\d+)? hours? (?:a|per) week", re.IGNORECASE)
_LEVEL = re.compile(r"(?:beginner|intermediate|advanced|mixed) level", re.IGNORECASE)
_STARS = re.compile(r"(?:.*?\D)??(\d(?:\.\d+)?)(?: out of (?:5|five))? stars?", re.IGNORECASE)
_REVIEWS = re.compile(r"\(?(\d[\d,.]*[km]?) (?:reviews|ratings)\)?", re.IGNORECASE)
_ENROLLED = re.compile(r"(\d[\d,.]*) already enrolled", re.IGNORECASE)
_SELF_PACED = re.compile("flexible schedule|learn at your own pace", re.IGNORECASE)
_FREE_WAY = re.compile(
    r"full course, no certificate|(?:start (?:your )?|enroll to start your )?(?:\d+-day )?"
    r"(?:full access )?free trial",
    re.IGNORECASE,
)
_MODULES = re.compile(r"There (?:is|are) \d+ modules? in this course", re.IGNORECASE)


def dom_facts(page: str) -> Facts:
    """What the page shows in English: it must have been asked for in that language."""
    html = Selector(page or "<html/>", type="html")
    shown = _shown(html.xpath(_KEY_INFORMATION)) or _shown(html.xpath("//main | //body"))
    return stated(
        {
            "title": next(map(_text, html.xpath("//h1")), None),
            "meta": _for_search_engines(html),
            "description": _described(html),
            "skills": _listed(html, "Skills you'll gain", "./li"),
            "outcomes": _listed(html, "What you'll learn", "./li[not(.//span)] | ./li//span[1]"),
            "providers": _names(html, "partner"),
            "instructors": _names(html, "hero-instructor") or _names(html, "hero_instructor"),
            "level": _first(_LEVEL, shown),
            "workload": _duration(shown),
            "rating": _rating(html),
            "rating_count": _first(_REVIEWS, shown, 1),
            "enrolled": _first(_ENROLLED, _lines(html, "already enrolled"), 1),
            "language": _after(html, "Taught in"),
            "subtitles": _after(html, "Subtitles:"),
            "subjects": _crumbs(html),
            "plan": _module_titles(html),
            "pace": _first(_SELF_PACED, shown),
            "access": _first(_FREE_WAY, shown),
            "answers": _first(_FREE_WAY, shown),
        }
    )


def _text(element: Selector) -> str:
    """An element's text in one line; no-break spaces stay, as French needs them."""
    return _BLANKS.sub(" ", element.xpath("string(.)").get() or "").strip(" ")


def _shown(block: Selector | SelectorList[Selector]) -> list[str]:
    """Texts of a block's innermost elements: the page may write a text in several nodes."""
    inner = block.xpath("(.//div | .//p | .//span | .//li)[not(.//div or .//p or .//span)]")
    return [text for each in inner if (text := _text(each))]


def _first(pattern: re.Pattern[str], lines: list[str], group: int = 0) -> str | None:
    found = (pattern.fullmatch(each) for each in lines)
    return next((each[group] for each in found if each), None)


def _lines(html: Selector, words: str) -> list[str]:
    """The texts of elements that hold these words in a text of their own, and of their parents."""
    own = html.xpath("//body//*[text()[contains(., $words)]][not(self::script)]", words=words)
    return [_text(each) for each in own[:20]]


def _duration(shown: list[str]) -> str | None:
    """ "2 weeks to complete", with "at 10 hours a week" where it says so below."""
    whole = _first(_TO_COMPLETE, shown)
    rate = _first(_A_WEEK, shown)
    if rate is None:
        return whole
    span = _first(_TO_COMPLETE, shown, 1) or _first(_SPAN, shown)
    return f"{span} at {rate.removeprefix('at ')}" if span else rate


def _rating(html: Selector) -> str | None:
    """The course's stars; those of reviews and of other courses stand in links and lists."""
    labels = html.xpath(
        f'{_KEY_INFORMATION}//@aria-label[contains(., "star")]'
        ' | //div[contains(@aria-label, "stars")][not(ancestor::a or ancestor::li)]/@aria-label'
    ).getall()
    if found := _first(_STARS, labels, 1):
        return found
    for block in html.xpath(_KEY_INFORMATION):
        shown = _shown(block)
        beside = [a for a, b in pairwise(shown) if _REVIEWS.fullmatch(b)]
        return _first(re.compile(r"[0-5](?:\.\d)?"), beside)
    return None


def _listed(html: Selector, heading: str, items: str) -> tuple[str, ...]:
    """The list under a heading, if one comes before the next heading."""
    for title in html.xpath("//h2"):
        if _text(title).replace("’", "'") == heading:
            under = title.xpath("following::*[self::ul or self::h2][1][self::ul]").xpath(items)
            texts = [_text(each) for each in under]
            return tuple(dict.fromkeys(text for text in texts if text))
    return ()


def _names(html: Selector, component: str) -> tuple[str, ...]:
    links = html.xpath("//a[@data-track-component=$component]", component=component)
    names = (
        next((text for span in link.xpath(".//span") if (text := _text(span))), "")
        for link in links
    )
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("+")))


def _after(html: Selector, words: str) -> str | None:
    for text in _lines(html, words):
        if text.startswith(words) and len(text) < 2000:
            return text.removeprefix(words).strip(" :") or None
    return None


def _for_search_engines(html: Selector) -> str | None:
    """The beginning of the description, between a greeting and an advertisement."""
    said = html.xpath('//meta[@name="description"]/@content').get() or ""
    return re.sub(r"^Offered by [^.]{0,200}\. | Enroll for free\.$", "", said.strip())


def _crumbs(html: Selector) -> tuple[str, ...]:
    path = '//nav[contains(translate(@aria-label, "B", "b"), "breadcrumb")]//li'
    return _below_the_top([_text(step) for step in html.xpath(path)])


def _module_titles(html: Selector) -> tuple[str, ...]:
    titles = html.xpath('//*[@data-testid="accordion-item"]//h3')
    return tuple(text for title in titles if (text := _text(title)))


def _described(html: Selector) -> str | None:
    """The description stands under the heading that counts the modules."""
    for title in html.xpath("//h2"):
        if _MODULES.fullmatch(_text(title)):
            block = title.xpath("following::*[self::div or self::p or self::h2][1]")
            return block.get() if block and block[0].root.tag != "h2" else None
    return None
