"""The views: what can be worked out from the tables, each column described as a table's is."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class View:
    """One view: what a row is, its columns with their meanings in order, its SQL."""

    meaning: str
    columns: Mapping[str, str]
    sql: str


_COURSE = {"course_id": "The course."}

_CHECKED = View(
    meaning="The day on which each course was last seen on its platform.",
    columns=_COURSE
    | {"last_checked": "Day on which the course was last seen on its platform. Unit: date."},
    sql="""select c.id as course_id, max(
  coalesce((select max(k.day) from crawl k where k.platform = c.platform
            and k.verdict = 'complete' and c.withdrawn is null), ''),
  coalesce((select k.day from sighting s join crawl k on k.id = s.crawl_id
            where s.course_id = c.id), ''),
  c.last_changed) as last_checked
from course c""",
)

_QUOTE = View(
    meaning="The words on the page that each fact was read from, and which part of it said them.",
    columns=_COURSE
    | {
        "field": "The column of the course that the words gave.",
        "words": "The words as they stand on the page.",
        "source": "Which part of the platform's answer said them.",
    },
    sql="""select c.id as course_id, q.key as field,
  json_extract(q.value, '$.words') as words, json_extract(q.value, '$.source') as source
from course c, json_each(c.quotes) q""",
)


def _words(field: str) -> str:
    return f"json_extract(c.quotes, '$.{field}.words') as {field}_words"


def _euros(amount: str) -> str:
    return f"case when {amount} = 0 then 0.0 else round({amount} / r.per_euro, 2) end"


_MONEY = View(
    meaning="What each course costs: access, certificate, what the free track leaves out, how it"
    " is paid; euros beside the stated amounts, by the rates of table rate.",
    columns=_COURSE
    | {
        "access": "What one pays to follow the course; empty when the page did not say.",
        "access_words": "The words that say so.",
        "free_track": "What following the course for free leaves out, as written.",
        "billing": "How the price is paid: once, month or year.",
        "price": "Price of following the course, as stated; 0 means free. Unit: currency.",
        "price_words": "The words that say so.",
        "certificate": "What one pays for the certificate.",
        "certificate_words": "The words that say so.",
        "certificate_price": "Price of the certificate, as stated. Unit: currency.",
        "currency": "ISO 4217 code of the stated amounts.",
        "price_eur": "The price in euros; empty where no rate is known. Unit: EUR.",
        "certificate_price_eur": "The certificate's price in euros. Unit: EUR.",
        "price_per_hour_eur": "Price over hours in euros, when it is paid once. Unit: EUR/hour.",
        "rate": "What one euro was worth in the currency. Unit: currency/EUR.",
        "rate_date": "The day of that rate. Unit: date.",
    },
    sql=f"""select c.id as course_id, c.access, {_words("access")}, c.free_track, c.billing,
  c.price, {_words("price")}, c.certificate, {_words("certificate")}, c.certificate_price,
  c.currency, {_euros("c.price")} as price_eur,
  {_euros("c.certificate_price")} as certificate_price_eur,
  {_euros("c.price_per_hour")} as price_per_hour_eur, r.per_euro as rate, r.day as rate_date
from course c left join rate r on r.currency = c.currency""",
)

EXPECTED: Mapping[str, str] = {
    "title": "c.title <> ''",
    "language": "c.language is not null",
    "level": "c.level is not null",
    "weeks": "coalesce(c.weeks, c.weeks_low, c.weeks_high) is not null",
    "hours": "coalesce(c.weekly_hours, c.total_hours, c.total_hours_low, c.total_hours_high)"
    " is not null",
    "price": "c.access is not null or c.price is not null",
    "certificate": "c.certificate is not null",
    "sessions": "c.pace = 'self' or exists (select 1 from session s"
    " where s.course_id = c.id and s.withdrawn is null)",
    "provider": "c.provider is not null",
    "description": "c.description is not null",
    "aims": "c.skills is not null or c.outcomes is not null",
}
"""What somebody who chooses a course expects to be told, and when it is known, in SQL."""


def _known() -> str:
    return " + ".join(f"coalesce({known}, 0)" for known in EXPECTED.values())


def _missing() -> str:
    named = " || ".join(
        f"case when {known} then '' else ', {fact}' end" for fact, known in EXPECTED.items()
    )
    return f"nullif(substr({named}, 3), '')"


_COMPLETENESS = View(
    meaning="How much of what one expects to be told each course's page tells.",
    columns=_COURSE
    | {
        "known": "How many of the expected facts are known. Unit: facts.",
        "expected": f"How many are expected: {', '.join(EXPECTED)}. Unit: facts.",
        "share": "The one over the other, from 0 to 1. Unit: share.",
        "missing": "The expected facts that the page does not tell, separated by commas.",
    },
    sql=f"""select course_id, known, {len(EXPECTED)} as expected,
  round(1.0 * known / {len(EXPECTED)}, 2) as share, missing
from (select c.id as course_id, {_known()} as known,
  {_missing()} as missing from course c)""",
)

_PLATFORM_COMPLETENESS = View(
    meaning="For each platform, how many of its listed courses tell each expected fact.",
    columns={
        "platform": "Name of the platform.",
        "courses": "Courses listed. Unit: courses.",
        "share": "Mean share of the expected facts that are known, from 0 to 1. Unit: share.",
    }
    | {fact: f"Courses that tell it ({fact}). Unit: %." for fact in EXPECTED},
    sql="select c.platform, count(*) as courses,\n"
    f"  round(avg({_known()}) / {len(EXPECTED)}, 2) as share,\n  "
    + ",\n  ".join(
        f"round(100.0 * avg(coalesce({known}, 0))) as {fact}" for fact, known in EXPECTED.items()
    )
    + "\nfrom course c where c.withdrawn is null group by c.platform",
)

# Of a session's line "start/end, enrolment first/last, 420 EUR": where the last part begins.
_TAIL = "substr(h.{side}, instr(h.{side}, ', enrolment ') + 12)"
_DATES = (
    f"substr(h.{{side}}, 1, length(h.{{side}}) - length({_TAIL}) + instr({_TAIL} || ',', ',') - 1)"
)
_CLOSES = f"substr({_DATES}, -10)"
_OLD_CLOSES, _NEW_CLOSES = (_CLOSES.format(side=side) for side in ("old", "new"))
_OLD_DATES, _NEW_DATES = (_DATES.format(side=side) for side in ("old", "new"))
_RESTATED = """exists (select 1 from change o where o.course_id = h.course_id
    and o.crawl_id = h.crawl_id and o.field in ('currency', 'billing'))"""


def _moved(field: str, name: str) -> str:
    """A price that rose or fell; where the currency changed too, nobody can say which."""
    return f"""when h.field = '{field}' then case
    when h.old is null then '{name} stated' when h.new is null then '{name} gone'
    when {_RESTATED} then '{name} restated'
    when cast(h.new as real) > cast(h.old as real) then '{name} up' else '{name} down' end"""


EVENTS = (
    *("new", "gone", "back", "reopened", "price up", "price down", "price stated", "price gone"),
    *("price restated", "certificate price up", "certificate price down"),
    *("certificate price stated", "certificate price gone", "certificate price restated"),
    *("dates moved", "session added", "session gone", "session price"),
)
"""What may have happened; a change of any other watched column is called by the column's name."""

_EVENT = View(
    meaning="What happened to each course, in words: new, gone, back, reopened, price up or down,"
    " dates moved ...; one row per row of table change.",
    columns={
        "day": "The day of the crawl that saw it. Unit: date.",
        **_COURSE,
        "what": f"What happened: {', '.join(EVENTS)}, or the column that changed.",
        "old": "What was said before.",
        "new": "What is said now.",
        "change_id": "The row of table change.",
    },
    sql=f"""select h.day, h.course_id, case
  when h.field = 'withdrawn' then 'gone'
  when h.field = 'session new' then 'session added'
  {_moved("price", "price")}
  {_moved("certificate_price", "certificate price")}
  when h.field = 'session' then case
    when {_OLD_DATES} = {_NEW_DATES} then 'session price'
    when {_OLD_CLOSES} like '____-__-__' and {_OLD_CLOSES} < h.day
      and not ({_NEW_CLOSES} like '____-__-__' and {_NEW_CLOSES} < h.day) then 'reopened'
    else 'dates moved' end
  else h.field end as what, h.old, h.new, h.id as change_id
from change h""",
)

VIEWS: Mapping[str, View] = {
    "course_checked": _CHECKED,
    "quote": _QUOTE,
    "course_money": _MONEY,
    "completeness": _COMPLETENESS,
    "platform_completeness": _PLATFORM_COMPLETENESS,
    "course_event": _EVENT,
}
