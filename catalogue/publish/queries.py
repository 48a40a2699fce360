"""The saved queries: what somebody who watches the market of online courses asks every week.

Lists end with a limit and follow an index; the counting ones read their table once.
"""

from __future__ import annotations

from catalogue.publish.query import (
    COURSE,
    COURSE_SQL,
    DAY,
    DAY_PARAM,
    LANGUAGE_PARAM,
    LIMIT,
    LIMIT_PARAM,
    OPEN,
    PLATFORM_PARAM,
    TODAY,
    Query,
)
from catalogue.sessions import state_sql
from catalogue.views import EXPECTED

_STATE = state_sql(TODAY)
# The plus keeps SQLite from walking down the index of all that is still listed, which is no order
# that a list wants.
_STILL = "+c.withdrawn is null"
_LISTED = f"{_STILL} and s.withdrawn is null"
_LANGUAGE = "(:language = '' or c.language = :language or c.language like :language || '-%')"
_PLATFORM = "(:platform = '' or c.platform = :platform)"
_SESSION = {
    "state": "State of the session on the day asked.",
    "start": "First day of teaching.",
    "enrolment_end": "Last day on which one can enrol; empty when none is stated.",
}
_OFFER = {
    "weekly_hours": "Hours a week.",
    "weeks": "How many weeks.",
    "access": "What one pays to follow the course.",
    "price": "Price of following it; 0 means free.",
    "currency": "ISO 4217 code of the price.",
}
_OFFER_SQL = "c.weekly_hours, c.weeks, c.access, c.price, c.currency"

# Enrolment that ends on a stated day comes first, by that day; each half follows the index on
# enrolment_end, so that no half of the list is sorted.
_OPEN_HALF = f"""select * from (
  select {COURSE_SQL}, {_STATE} as state, s.start, s.enrolment_end, {_OFFER_SQL}
  from session s cross join course c on c.id = s.course_id
  where s.enrolment_end {{}} and {_LISTED} and {_LANGUAGE} and {_PLATFORM}
    and {_STATE} in {OPEN}
  order by {{}} {LIMIT})"""

_OPEN_NOW = Query(
    name="open_now",
    title="Open now",
    title_fr="Inscriptions ouvertes",
    description="Sessions in which one can enrol on the day, those that close first on top.",
    params=DAY_PARAM | LANGUAGE_PARAM | PLATFORM_PARAM | LIMIT_PARAM,
    columns=COURSE | _SESSION | _OFFER,
    sql="\n".join(
        (
            DAY,
            _OPEN_HALF.format(f">= {TODAY}", "s.enrolment_end"),
            "union all",
            _OPEN_HALF.format("is null", "s.id desc"),
            LIMIT,
        )
    ),
)

_STARTING_SOON = Query(
    name="starting_soon",
    title="Starting soon",
    title_fr="Bientôt",
    description="Sessions that start within so many days, in the order of their start.",
    params={"days": "how many days ahead; blank means 30"}
    | DAY_PARAM
    | LANGUAGE_PARAM
    | LIMIT_PARAM,
    columns=COURSE | _SESSION | _OFFER,
    sql=f"""{DAY}
select {COURSE_SQL}, {_STATE} as state, s.start, s.enrolment_end, {_OFFER_SQL}
from session s cross join course c on c.id = s.course_id
where s.start > {TODAY}
  and s.start <= date({TODAY}, '+' || cast(coalesce(nullif(trim(:days), ''), 30) as integer)
    || ' days')
  and {_LISTED} and {_LANGUAGE}
order by s.start {LIMIT}""",
)

_NEW_THIS_WEEK = Query(
    name="new_this_week",
    title="New this week",
    title_fr="Nouveaux cette semaine",
    description="Courses first seen in the seven days before the day, newest first.",
    params=DAY_PARAM | LANGUAGE_PARAM | LIMIT_PARAM,
    columns=COURSE | {"first_seen": "Day of the crawl that first saw it."} | _OFFER,
    sql=f"""{DAY}
select {COURSE_SQL}, c.first_seen, {_OFFER_SQL}
from course c
where c.first_seen > date({TODAY}, '-7 days') and c.first_seen <= {TODAY}
  and {_STILL} and {_LANGUAGE}
order by c.first_seen desc, c.id desc {LIMIT}""",
)

_CHANGE = {
    "day": "Day of the crawl that saw it.",
    "field": "The fact that changed.",
    "old": "What was said before.",
    "new": "What is said now.",
}

_CHANGED_THIS_WEEK = Query(
    name="changed_this_week",
    title="Changed this week",
    title_fr="Changements de la semaine",
    description="Facts that became others in the seven days before the day: price, dates, title,"
    " level, withdrawn, back.",
    params=DAY_PARAM | {"field": "a column such as price; blank means any"} | LIMIT_PARAM,
    columns=_CHANGE | COURSE,
    sql=f"""{DAY}
select h.day, h.field, h.old, h.new, {COURSE_SQL}
from change h cross join course c on c.id = h.course_id
where h.day > date({TODAY}, '-7 days') and h.day <= {TODAY} and h.field <> 'new'
  and (:field = '' or h.field = :field)
order by h.day desc {LIMIT}""",
)

_GONE = Query(
    name="gone",
    title="Withdrawn courses",
    title_fr="Cours retirés",
    description="Courses that a complete crawl no longer found, the latest first.",
    params=PLATFORM_PARAM | LIMIT_PARAM,
    columns=COURSE
    | {
        "withdrawn": "Day of the crawl that no longer found it.",
        "first_seen": "Day of the crawl that first saw it.",
    },
    sql=f"""select {COURSE_SQL}, c.withdrawn, c.first_seen
from course c where c.withdrawn > '' and {_PLATFORM}
order by c.withdrawn desc {LIMIT}""",
)

_SEARCH = Query(
    name="search",
    title="Search",
    title_fr="Recherche",
    description="Courses still listed that hold every word, in French or English, whatever the"
    " accents and endings; best first.",
    params={"q": "words such as nudge"} | LANGUAGE_PARAM,
    columns=COURSE | _OFFER,
    sql=f"""select {COURSE_SQL}, {_OFFER_SQL}
from course_fts f join course c on c.id = f.rowid
where course_fts match match_query(:q) and c.withdrawn is null and {_LANGUAGE}
order by bm25(course_fts, 8, 2, 4, 2, 2, 1, 1), c.id limit 100""",
)

_PRICE_PER_HOUR = Query(
    name="price_per_hour",
    title="Price per hour",
    title_fr="Prix à l'heure",
    description="Courses paid once, the cheapest hour first. Compare within one currency only.",
    params={"currency": "a currency such as EUR; blank means any"} | LANGUAGE_PARAM | LIMIT_PARAM,
    columns=COURSE
    | {
        "price_per_hour": "Price over hours.",
        "currency": _OFFER["currency"],
        "price": _OFFER["price"],
        "hours": "Effort of the whole course, in hours.",
    },
    sql=f"""select {COURSE_SQL}, round(c.price_per_hour, 2) as price_per_hour, c.currency, c.price,
  c.hours
from course c where c.price_per_hour > 0 and {_STILL}
  and (:currency = '' or c.currency = upper(:currency)) and {_LANGUAGE}
order by c.price_per_hour {LIMIT}""",
)

_BY_PLATFORM = Query(
    name="by_platform",
    title="By platform",
    title_fr="Par plateforme",
    description="What is known of each platform, and how its last crawl ended.",
    columns={
        "platform": "Name of the platform.",
        "courses": "Courses listed.",
        "french": "Of those, courses in French.",
        "withdrawn": "Courses no longer listed.",
        "last_crawl": "Day of the last crawl.",
        "verdict": "complete or partial.",
        "announced": "How many courses the site said it has.",
        "read": "How many were read.",
    },
    sql="""select p.name as platform,
  (select count(*) from course c where c.platform = p.name and c.withdrawn is null) as courses,
  (select count(*) from course c where c.platform = p.name and c.withdrawn is null
    and (c.language = 'fr' or c.language like 'fr-%')) as french,
  (select count(*) from course c where c.platform = p.name and c.withdrawn is not null)
    as withdrawn,
  k.day as last_crawl, k.verdict, k.announced, k.read
from platform p
left join crawl k on k.id = (select max(id) from crawl where platform = p.name)
order by p.name""",
)

_LANGUAGES = Query(
    name="languages",
    title="Languages",
    title_fr="Langues",
    description="How many courses each platform lists in each language.",
    params=PLATFORM_PARAM,
    columns={
        "platform": "Name of the platform.",
        "language": "A BCP 47 code; empty when the page did not say.",
        "courses": "Courses listed.",
    },
    sql=f"""select c.platform, c.language, count(*) as courses
from course c where c.withdrawn is null and {_PLATFORM}
group by c.platform, c.language order by courses desc""",
)

_PROVIDERS = Query(
    name="hours_by_provider",
    title="Hours by provider",
    title_fr="Volume par établissement",
    description="How many courses each provider lists, and how long they are on average.",
    params=PLATFORM_PARAM,
    columns={
        "provider": "Who offers the courses.",
        "courses": "Courses listed.",
        "known": "Of those, courses whose hours are known.",
        "mean_hours": "Mean effort of those, in hours.",
    },
    sql=f"""select c.provider, count(*) as courses, count(c.hours) as known,
  round(avg(c.hours), 1) as mean_hours
from course c where c.withdrawn is null and {_PLATFORM}
group by c.provider order by courses desc limit 200""",
)

_PRICES = Query(
    name="price_bands",
    title="Price bands",
    title_fr="Distribution des prix",
    description="How many courses cost how much, by currency.",
    params=PLATFORM_PARAM,
    columns={
        "currency": "ISO 4217 code; empty where nothing is paid.",
        "band": "Price of following the course; unknown when the page did not say.",
        "courses": "Courses listed.",
    },
    sql=f"""select currency, case when price is null then 'unknown' when price = 0 then 'free'
  when price < 50 then 'under 50' when price < 200 then '50 to 199'
  when price < 1000 then '200 to 999' else '1000 or more' end as band, count(*) as courses
from course c where c.withdrawn is null and {_PLATFORM}
group by 1, 2 order by currency, min(price)""",
)

_CALENDAR = Query(
    name="sessions_calendar",
    title="Calendar of starts",
    title_fr="Calendrier des débuts",
    description="How many sessions start in each month, from the day on.",
    params=DAY_PARAM | LANGUAGE_PARAM,
    columns={
        "month": "Month of the first day of teaching.",
        "sessions": "Sessions that start in it.",
        "french": "Of those, sessions of courses in French.",
    },
    sql=f"""{DAY}
select substr(s.start, 1, 7) as month, count(*) as sessions,
  sum(c.language = 'fr' or c.language like 'fr-%') as french
from session s cross join course c on c.id = s.course_id
where s.start >= {TODAY} and {_LISTED} and {_LANGUAGE}
group by month order by month limit 36""",
)

_SUBJECTS = Query(
    name="subjects",
    title="Subjects",
    title_fr="Thèmes",
    description="Subjects as the platforms file their courses, the largest first.",
    params=PLATFORM_PARAM | LANGUAGE_PARAM,
    columns={
        "subject": "The subject, as written.",
        "courses": "Courses listed under it.",
        "platforms": "How many platforms use it.",
    },
    sql=f"""select j.value as subject, count(*) as courses, count(distinct c.platform) as platforms
from course c, json_each(c.subjects) j
where c.withdrawn is null and {_PLATFORM} and {_LANGUAGE}
group by j.value order by courses desc, subject limit 200""",
)

_COVERAGE = Query(
    name="topic_coverage",
    title="Who covers a topic",
    title_fr="Couverture d'un sujet",
    description="How many courses on a topic each platform lists, by language.",
    params={"q": "words such as neuromarketing"},
    columns={
        "platform": "Name of the platform.",
        "language": "A BCP 47 code; empty when the page did not say.",
        "courses": "Courses listed that hold every word.",
    },
    sql="""select c.platform, c.language, count(*) as courses
from course_fts f join course c on c.id = f.rowid
where course_fts match match_query(:q) and c.withdrawn is null
group by c.platform, c.language order by courses desc""",
)

_ISSUES = Query(
    name="issues_by_platform",
    title="Data quality",
    title_fr="Qualité des données",
    description="What the last crawl of each platform could not make sense of, most often first.",
    params=PLATFORM_PARAM | LIMIT_PARAM,
    columns={
        "platform": "Name of the platform.",
        "day": "Day of the crawl.",
        "kind": "Kind of issue.",
        "field": "The field that it is about.",
        "times": "How many times it was met.",
        "example": "The words of the first one.",
    },
    sql=f"""select i.platform, k.day, i.kind, i.field, i.count as times, i.example
from issue i join crawl k on k.id = i.crawl_id
where k.id = (select max(id) from crawl where platform = i.platform)
  and (:platform = '' or i.platform = :platform)
order by i.platform, i.count desc {LIMIT}""",
)

_COMPLETENESS = Query(
    name="completeness",
    title="How much is known",
    title_fr="Complétude",
    description="For each platform, the share of listed courses whose page states each fact, in %.",
    columns={
        "platform": "Name of the platform.",
        "courses": "Courses listed.",
        "share": "Mean share of the expected facts, from 0 to 1.",
        **{f"{fact}_known": f"Courses that state it ({fact}), in %." for fact in EXPECTED},
    },
    sql=f"""select platform, courses, share, {", ".join(f"{it} as {it}_known" for it in EXPECTED)}
from platform_completeness order by platform""",
)

_ONE_COURSE = {
    "platform": "a platform's name such as fun",
    "ref": "the platform's identifier of the course",
}

_WORDS_BEHIND = Query(
    name="words_behind",
    title="The words behind a course's facts",
    title_fr="Les mots derrière les faits",
    description="For each fact of one course, the words on the page that it was read from.",
    params=_ONE_COURSE,
    columns={
        "field": "The column of the course.",
        "words": "The words as they stand on the page.",
        "source": "Which part of the platform's answer said them.",
    },
    sql="""select q.field, q.words, q.source
from course c join quote q on q.course_id = c.id
where c.platform = :platform and c.ref = :ref""",
)

_HISTORY = Query(
    name="history",
    title="History of a course",
    title_fr="Historique d'un cours",
    description="Every change of one course, the latest first.",
    params=_ONE_COURSE | LIMIT_PARAM,
    columns=_CHANGE,
    sql=f"""select h.day, h.field, h.old, h.new
from course c join change h on h.course_id = c.id
where c.platform = :platform and c.ref = :ref order by h.id desc {LIMIT}""",
)

QUERIES: tuple[Query, ...] = (
    _OPEN_NOW,
    _STARTING_SOON,
    _NEW_THIS_WEEK,
    _CHANGED_THIS_WEEK,
    _GONE,
    _SEARCH,
    _PRICE_PER_HOUR,
    _BY_PLATFORM,
    _LANGUAGES,
    _PROVIDERS,
    _PRICES,
    _CALENDAR,
    _SUBJECTS,
    _COVERAGE,
    _ISSUES,
    _COMPLETENESS,
    _WORDS_BEHIND,
    _HISTORY,
)
