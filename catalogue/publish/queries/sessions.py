"""When: sessions by state, by start and by the last day to enrol."""

from __future__ import annotations

from catalogue.publish.query import (
    COURSE,
    COURSE_SQL,
    DAY,
    DAY_PARAM,
    LANGUAGE,
    LANGUAGE_PARAM,
    LIMIT,
    LIMIT_PARAM,
    LISTED,
    OFFER,
    OFFER_SQL,
    OPEN,
    PLATFORM,
    PLATFORM_PARAM,
    SESSION,
    STATE,
    TODAY,
    Chart,
    Query,
)

# Enrolment that ends on a stated day comes first, by that day; each half follows the index on
# enrolment_end, so that no half of the list is sorted.
_OPEN_HALF = f"""select * from (
  select {COURSE_SQL}, {STATE} as state, s.start, s.enrolment_end, {OFFER_SQL}
  from session s cross join course c on c.id = s.course_id
  where s.enrolment_end {{}} and {LISTED} and {LANGUAGE} and {PLATFORM}
    and {STATE} in {OPEN}
  order by {{}} {LIMIT})"""

_OPEN_NOW = Query(
    name="open_now",
    title="Open now",
    title_fr="Inscriptions ouvertes",
    description="Sessions in which one can enrol on the day, those that close first on top.",
    description_fr="Les sessions auxquelles on peut s’inscrire ce jour-là, celles qui ferment"
    " d’abord en tête.",
    params=DAY_PARAM | LANGUAGE_PARAM | PLATFORM_PARAM | LIMIT_PARAM,
    columns=COURSE | SESSION | OFFER,
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
    description_fr="Les sessions qui commencent d’ici tant de jours, dans l’ordre de leur début.",
    params={"days": "how many days ahead; blank means 30"}
    | DAY_PARAM
    | LANGUAGE_PARAM
    | LIMIT_PARAM,
    columns=COURSE | SESSION | OFFER,
    sql=f"""{DAY}
select {COURSE_SQL}, {STATE} as state, s.start, s.enrolment_end, {OFFER_SQL}
from session s cross join course c on c.id = s.course_id
where s.start > {TODAY}
  and s.start <= date({TODAY}, '+' || cast(coalesce(nullif(trim(:days), ''), 30) as integer)
    || ' days')
  and {LISTED} and {LANGUAGE}
order by s.start {LIMIT}""",
)

_CALENDAR = Query(
    name="sessions_calendar",
    title="Calendar of starts",
    title_fr="Calendrier des débuts",
    description="How many sessions start in each month, from the day on.",
    description_fr="Combien de sessions commencent chaque mois, à partir du jour.",
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
where s.start >= {TODAY} and {LISTED} and {LANGUAGE}
group by month order by month limit 36""",
    chart=Chart(label=("month",), values=("sessions",)),
)

_STATES = Query(
    name="session_states",
    title="Sessions by state",
    title_fr="Sessions par état",
    description="How many sessions are open, closed, over or not dated on the day.",
    description_fr="Combien de sessions sont ouvertes, fermées, passées ou sans date ce jour-là.",
    params=DAY_PARAM | PLATFORM_PARAM,
    columns={
        "state": "State of the session on the day asked.",
        "sessions": "Sessions in it.",
        "courses": "Courses that they are of.",
    },
    sql=f"""{DAY}
select {STATE} as state, count(*) as sessions, count(distinct c.id) as courses
from session s cross join course c on c.id = s.course_id
where {LISTED} and {PLATFORM}
group by 1 order by sessions desc""",
    chart=Chart(label=("state",), values=("sessions",)),
)

_CLOSING = Query(
    name="closing_calendar",
    title="Calendar of last days to enrol",
    title_fr="Calendrier des clôtures d’inscription",
    description="How many sessions close for enrolment in each week, from the day on.",
    description_fr="Combien de sessions ferment leurs inscriptions chaque semaine, à partir"
    " du jour.",
    params=DAY_PARAM | LANGUAGE_PARAM,
    columns={
        "week": "Monday of the week.",
        "sessions": "Sessions whose last day to enrol lies in it.",
    },
    sql=f"""{DAY}
select date(s.enrolment_end, 'weekday 0', '-6 days') as week, count(*) as sessions
from session s cross join course c on c.id = s.course_id
where s.enrolment_end >= {TODAY} and {LISTED} and {LANGUAGE}
group by week order by week limit 26""",
    chart=Chart(label=("week",), values=("sessions",)),
)

QUERIES: tuple[Query, ...] = (
    _OPEN_NOW,
    _STARTING_SOON,
    _CALENDAR,
    _STATES,
    _CLOSING,
)
