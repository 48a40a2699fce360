"""A course's facts in words: for a card, for a line of the search, for its own page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import attrs

from catalogue.reading import Row
from recommend import opening as sessions
from recommend import pace, render, wording
from recommend.opening import Opening
from recommend.signals import undecided
from recommend.topics import telling
from recommend.web.formats import Formats, curly, tag
from recommend.web.jsonld import is_web
from recommend.web.texts import Words

_TOPICS_SHOWN = 5
_WORDS_SHOWN = 4
_REASONS_SHOWN = 6


def access(record: Row, words: Words) -> str | None:
    """What one pays to follow the course, in one phrase: the command's own."""
    return render.price(record, words.lang)


def access_kind(kind: str, words: Words) -> str:
    """One of catalogue.options.ACCESS in words."""
    return words("free") if kind == "free_full" else wording.phrase(words.lang, kind)


def certificate(record: Row, words: Words) -> str | None:
    """What one pays for the certificate."""
    price = record.get("certificate_price")
    if price:
        return Formats(words).price(price, record.get("currency"))
    return words.of("v", record["certificate"]) if record.get("certificate") else None


def workload(record: Row, words: Words) -> str | None:
    """Hours a week, as stated or worked out; of a course that has none, those in all."""
    total = Formats(words).effort(pace.effort(record))
    return _rate(record, words) or (total and words("u_total", n=total))


def _rate(record: Row, words: Words) -> str | None:
    f = Formats(words)
    low, high = record.get("weekly_hours_low"), record.get("weekly_hours_high")
    return f.weekly(low, high) or f.weekly(pace.weekly(record), None)


def _stated_rate(record: Row, words: Words) -> str | None:
    """Hours a week beside those in all; not missed where all is over within a week."""
    over = pace.is_short(record) and record["hours"] is not None
    return _rate(record, words) or ("" if over else None)


def line(record: Row, words: Words) -> Row:
    """A search hit with its facts in words."""
    f = Formats(words)
    shown = [
        f.language(record["language"]),
        workload(record, words),
        f.length(record),
        access(record, words),
        words.of("v", record["level"]) if record["level"] else None,
    ]
    return record | {"facts": [fact for fact in shown if fact]}


def card(match: Row, words: Words) -> Row:
    """A match of the ranking with its facts in words and its reasons: topics, pros and cons."""
    course = match["course"]
    signals = [part for part in match["parts"] if part["kind"] == "signal"]
    pros = _few([part for part in signals if part["points"] >= 0], words)
    cons = _few([part for part in signals if part["points"] < 0], words)
    told = {part["name"] for part in (*pros, *cons)}
    parts = [part | {"said": _evidence(part, words, told)} for part in match["parts"]]
    return match | {
        "link": course["url"] if is_web(course.get("url")) else None,
        "lang": tag(course.get("language")),
        "facts": [(words(key), value) for key, value in _card_facts(course, words) if value],
        "parts": parts,
        "gains": _gains(parts),
        "topics": _topics(parts, match["speaks_of"], words.lang),
        "spoken": _spoken(match),
        "found": _found(parts),
        "pros": pros,
        "cons": cons,
        "against": _weighty(part for part in signals if part["points"] < 0),
        "also": [twin | {"facts": offer(twin, words)} for twin in match["also"]],
        "unknown_words": [wording.unstated(words.lang, name) for name in match["unknown"]],
    }


def offer(twin: Row, words: Words) -> list[str]:
    """What the same course costs on another platform, and whether one can enrol there."""
    state = twin.get("state")
    best = {
        "state": state,
        "starts": twin.get("start"),
        "opens": twin.get("enrolment_start"),
        "closes": twin.get("enrolment_end"),
    }
    said = (access(twin, words), opening(best, words) if state else None)
    return [each[:1].lower() + each[1:] for each in said if each]


def _gains(parts: list[Row]) -> tuple[float, float]:
    """Points won by the text, and by the signals."""
    won = [(part["kind"], part["points"]) for part in parts if part["points"] > 0]
    text = math.fsum(points for kind, points in won if kind == "text")
    return text, math.fsum(points for kind, points in won if kind != "text")


def _few(parts: list[Row], words: Words) -> list[Row]:
    """The weightiest reasons of one side; the others in one figure, so that the sum holds."""
    found = _weighty(parts)
    if len(rest := found[_REASONS_SHOWN:]) > 1:
        points = math.fsum(part["points"] for part in rest)
        says = words("more_reasons", n=len(rest))
        found[_REASONS_SHOWN:] = [{"name": "", "says": says, "points": points}]
    return found


def _weighty(parts: Iterable[Row]) -> list[Row]:
    return sorted(parts, key=lambda part: -abs(part["points"]))


def _topics(parts: list[Row], spoken: list[str], lang: str) -> list[Row]:
    """The wishes that the course answers, with the words that do; the lesser ones in one figure."""
    held = _held(parts).items()
    found: list[Row] = [_topic(wish if wish in spoken else None, mine) for wish, mine in held]
    found.sort(key=lambda topic: (-topic["points"], topic["label"]))
    if rest := found[_TOPICS_SHOWN:]:
        name = wording.more_words(lang, len(rest))
        points = math.fsum(topic["points"] for topic in rest)
        found[_TOPICS_SHOWN:] = [{"label": name, "words": [], "points": points}]
    return found


def _held(parts: list[Row]) -> dict[str, list[Row]]:
    """Wishes, or else words, with the parts of the text that they earn."""
    held: dict[str, list[Row]] = {}
    for part in parts:
        if part["kind"] == "text":
            held.setdefault(part["topic"] or part["from"] or part["name"], []).append(part)
    return held


def _topic(wish: str | None, parts: list[Row]) -> Row:
    """A wish that the course speaks of and its words for it; of any other the words alone."""
    points, names = math.fsum(part["points"] for part in parts), [part["name"] for part in parts]
    words = telling(wish or "", names)[:_WORDS_SHOWN]
    if wish:
        return {"label": wish, "words": words, "points": points}
    label = ", ".join(words) if len(words) > 1 else parts[0]["label"]
    return {"label": label, "words": [], "points": points}


def _spoken(match: Row) -> list[str]:
    """The wishes that the course speaks of, those first that give it most."""
    held = _held(match["parts"])
    gives = {topic: math.fsum(part["points"] for part in held[topic]) for topic in held}
    return sorted(match["speaks_of"], key=lambda wish: -gives.get(wish, 0.0))


def _found(parts: list[Row]) -> list[str]:
    """The words of the course that earn points, the weightiest first, none within another."""
    return telling("", [part["name"] for part in _weighty(parts) if part["kind"] == "text"])


def _evidence(part: Row, words: Words, told: set[str]) -> Row:
    """What a part rests on: fields for a word of the text, quotes for a signal.

    The rule of a signal that is `told` among the reasons is not said again.
    """
    if part["kind"] == "text":
        fields = dict.fromkeys(f for term in part["evidence"] for f in term["fields"])
        names = ", ".join(wording.FIELDS[field][words.lang] for field in fields)
        return {"rule": wording.phrase(words.lang, "in_fields", fields=names), "quotes": []}
    quotes = [quote for each in part["evidence"] if (quote := _quote(each, words))]
    return {"rule": "" if part["name"] in told else part["says"], "quotes": quotes}


def _quote(evidence: Row, words: Words) -> Row | None:
    """Words of a page with where they stood; our own reading of its dates and name without."""
    field, said = evidence["field"], evidence["words"]
    if not said or field == "updated" or (field == "session" and " " not in said):
        return None  # a day, which the sentence says
    if field == "session":
        return {"words": curly(wording.dates(words.lang, said)), "source": None}
    if field == "provider":
        return {"words": wording.kind_why(words.lang, said), "source": None}
    return {"words": said, "source": words.of("s", evidence["source"] or "page")}


def _card_facts(course: Row, words: Words) -> list[tuple[str, str | None]]:
    f = Formats(words)
    return [
        ("f_open", opening(course["open"], words)),
        ("f_weekly_hours", workload(course, words)),
        ("f_weeks", f.length(course)),
        (finish_label(course), f.day(course["finish"] or course["overruns"])),
        ("f_access", access(course, words)),
        ("f_certificate", certificate(course, words)),
        ("f_language", f.languages(course["languages"]) or f.language(course["language"])),
        ("f_level", words.of("v", course["level"]) if course["level"] else None),
    ]


def finish_label(course: Row) -> str:
    """A session's last day is nobody's own pace."""
    if course["overruns"]:
        return "f_ends"
    state = course["open"]["state"] if course["open"] else None
    return "f_ends" if pace.to_dates(course, state) else "f_finish"


def opening(best: Row | None, words: Words) -> str | None:
    """When one can enrol in the session that speaks for the course, or its days where they do not
    tell; None when unknown."""
    if best is None:
        return None
    dates: Row = {name: best.get(name) for name in _OPENING}
    if evidence := undecided(Opening(**dates)):
        said = curly(wording.sentence(words.lang, evidence.rule, evidence.values))
        return said[:1].upper() + said[1:]
    f = Formats(words)
    state, starts, closes = best["state"], f.day(best["starts"]), f.day(best["closes"])
    if state == "future-not-yet-open" and best["opens"]:
        return words("open_from", day=f.day(best["opens"]))
    if state == "future-open" and closes:
        return words("open_starts_until", start=starts, end=closes)
    if state == "future-open":
        return words("open_starts", day=starts)
    if state in ("ongoing-open", "archived-open") and closes:
        return words("open_until", day=closes)
    return words.of("st", state)


_OPENING = ("state", "session", "opens", "closes", "starts", "ends")


def best_opening(record: Row) -> Row | None:
    """The session that speaks for a course, from its record, as `opening` reads it."""
    best = sessions.best(record["sessions"])
    return attrs.asdict(best) if best else None


Reader = Callable[[Row, Words], str | None]


def _plain(name: str) -> Reader:
    return lambda record, _words: record[name]


def _listed(name: str) -> Reader:
    return lambda record, words: words.of("v", record[name]) if record[name] else None


def _provider(record: Row, _words: Words) -> str | None:
    return ", ".join(record["providers"]) if record["providers"] else record["provider"]


def _kind(record: Row, words: Words) -> str:
    return words.of("v", record["kind"])


def _other_languages(record: Row, words: Words) -> str | None:
    """All languages of the course, where they are more than the main one."""
    if record["languages"] == [record["language"]]:
        return ""
    return Formats(words).languages(record["languages"])


def _rating(record: Row, words: Words) -> str | None:
    f = Formats(words)
    if record["rating"] is None:
        return None
    if record["rating_count"] is None:
        return words("u_rating", n=f.number(record["rating"]))
    count = f.number(record["rating_count"], 0)
    return words("u_ratings", n=f.number(record["rating"]), count=count)


def _people(record: Row, words: Words) -> str | None:
    enrolled = Formats(words).number(record["enrolled"], 0)
    return words("u_people", n=enrolled) if enrolled else None


FACTS: tuple[tuple[str, Reader, tuple[str, ...]], ...] = (
    ("f_provider", _provider, ("provider",)),
    ("f_kind", _kind, ("kind",)),
    ("f_language", lambda r, w: Formats(w).language(r["language"]), ("language",)),
    ("f_languages", _other_languages, ("languages",)),
    ("f_subtitles", lambda r, w: Formats(w).languages(r["subtitles"]), ("subtitles",)),
    ("f_level", _listed("level"), ("level",)),
    ("f_pace", _listed("pace"), ("pace",)),
    ("f_weeks", lambda r, w: Formats(w).length(r), ("weeks", "weeks_low", "weeks_high")),
    ("f_weekly_hours", _stated_rate, ("weekly_hours_low", "weekly_hours_high")),
    (
        "f_total_hours",
        lambda r, w: Formats(w).effort(pace.stated_effort(r)),
        ("total_hours", "total_hours_low", "total_hours_high"),
    ),
    ("f_access", access, ("access", "price", "billing")),
    ("f_free_track", lambda r, _w: r["free_track"] or "", ()),
    ("f_certificate", certificate, ("certificate", "certificate_price")),
    ("f_rating", _rating, ("rating", "rating_count")),
    ("f_enrolled", _people, ("enrolled",)),
    ("f_format", _plain("format"), ("format",)),
    ("f_prerequisites", _plain("prerequisites"), ("prerequisites",)),
    ("f_assessment", _plain("assessment"), ("assessment",)),
    ("f_licence", _plain("licence"), ("licence",)),
    ("f_code", _plain("code"), ("code",)),
    ("f_updated", lambda r, w: Formats(w).day(r["updated"]), ("updated",)),
)
"""(label, how it is said, the columns whose quotes stand behind it)."""


def of_course(record: Row, words: Words) -> tuple[list[Row], list[str]]:
    """The facts that a course's page stated, with their quotes, and the names of the others."""
    quotes = record["quotes"] or {}
    stated, unknown = [], []
    for label, read, columns in FACTS:
        value = read(record, words)
        if value is None:
            unknown.append(words(label).lower())
            continue
        said = {(q["words"], q["source"]): q for c in columns if (q := quotes.get(c))}
        if value == "":
            continue
        stated.append({"label": words(label), "value": value, "quotes": list(said.values())})
    return stated, unknown
