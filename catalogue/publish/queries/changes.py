"""What has changed: week by week, and month by month."""

from __future__ import annotations

from catalogue.publish.query import (
    CHANGE,
    COURSE,
    COURSE_SQL,
    DAY,
    DAY_PARAM,
    LANGUAGE,
    LANGUAGE_PARAM,
    LIMIT,
    LIMIT_PARAM,
    OFFER,
    OFFER_SQL,
    PLATFORM,
    PLATFORM_PARAM,
    SINCE,
    STILL,
    TODAY,
    Chart,
    Query,
)

_NEW_THIS_WEEK = Query(
    name="new_this_week",
    title="New this week",
    title_fr="Nouveaux cette semaine",
    description="Courses first seen in the seven days before the day, newest first.",
    description_fr="Les cours vus pour la première fois dans les sept jours qui précèdent,"
    " les derniers d’abord.",
    params=DAY_PARAM | LANGUAGE_PARAM | LIMIT_PARAM,
    columns=COURSE | {"first_seen": "Day of the crawl that first saw it."} | OFFER,
    sql=f"""{DAY}
select {COURSE_SQL}, c.first_seen, {OFFER_SQL}
from course c
where c.first_seen > date({TODAY}, '-7 days') and c.first_seen <= {TODAY}
  and {STILL} and {LANGUAGE}
order by c.first_seen desc, c.id desc {LIMIT}""",
)

_CHANGED_THIS_WEEK = Query(
    name="changed_this_week",
    title="Changed this week",
    title_fr="Changements de la semaine",
    description="Facts that became others in the seven days before the day: price, dates, title,"
    " level, withdrawn, back.",
    description_fr="Ce qui a changé dans les sept jours qui précèdent\u00a0: prix, dates, titre,"
    " niveau, retraits, retours.",
    params=DAY_PARAM | {"field": "a column such as price; blank means any"} | LIMIT_PARAM,
    columns=CHANGE | COURSE,
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
    description_fr="Les cours qu’une visite entière n’a plus trouvés, les derniers d’abord.",
    params=PLATFORM_PARAM | LIMIT_PARAM,
    columns=COURSE
    | {
        "withdrawn": "Day of the crawl that no longer found it.",
        "first_seen": "Day of the crawl that first saw it.",
    },
    sql=f"""select {COURSE_SQL}, c.withdrawn, c.first_seen
from course c where c.withdrawn > '' and {PLATFORM}
order by c.withdrawn desc {LIMIT}""",
)

_EVENTS_SINCE = Query(
    name="events_since",
    title="What happened since a day",
    title_fr="Ce qui s’est passé depuis un jour",
    description="New, gone, back, reopened, price up or down, dates moved: each with what was said"
    " before and what is said now.",
    description_fr="Nouveau, retiré, de retour, rouvert, prix en hausse ou en baisse,"
    " nouvelles dates\u00a0: avec ce qui était dit avant et ce qui l’est"
    " maintenant.",
    params={"since": "a day such as 2026-11-15; blank means seven days ago"}
    | {"what": "what happened, such as price down; blank means anything"}
    | PLATFORM_PARAM
    | LIMIT_PARAM,
    columns={
        "day": "Day of the crawl that saw it.",
        "what": "What happened.",
        "old": "What was said before.",
        "new": "What is said now.",
    }
    | COURSE,
    sql=f"""select e.day, e.what, e.old, e.new, {COURSE_SQL}
from course_event e cross join course c on c.id = e.course_id
where e.day >= coalesce(nullif(trim(:since), ''), date(today(), '-7 days'))
  and (:what = '' or e.what = :what) and {PLATFORM}
order by e.day desc {LIMIT}""",
)

_PRICE_MOVES = Query(
    name="price_moves",
    title="Prices that moved",
    title_fr="Prix qui ont bougé",
    description="Prices that rose or fell within so many days, the latest first.",
    description_fr="Les prix qui ont monté ou baissé en tant de jours, les derniers d’abord.",
    params={"days": "how many days back; blank means 90"}
    | DAY_PARAM
    | PLATFORM_PARAM
    | LIMIT_PARAM,
    columns={
        "day": "Day of the crawl that saw it.",
        "old": "Price before.",
        "new": "Price now.",
        "per_cent": "How much it moved, in % of the price before; empty where that was 0.",
        "currency": OFFER["currency"],
    }
    | COURSE,
    sql=f"""{DAY}
select h.day, cast(h.old as real) as old, cast(h.new as real) as new,
  round(100 * (cast(h.new as real) - h.old) / nullif(cast(h.old as real), 0), 1) as per_cent,
  c.currency, {COURSE_SQL}
from change h cross join course c on c.id = h.course_id
where h.day > {SINCE.format(default=90)} and h.day <= {TODAY} and h.field = 'price'
  and h.old is not null and h.new is not null and {PLATFORM}
order by h.day desc {LIMIT}""",
)

_CHURN = Query(
    name="platform_churn",
    title="Coming and going by month",
    title_fr="Arrivées et départs par mois",
    description="Courses that each platform added, withdrew and brought back, month by month. The"
    " first month of a platform holds all that it had.",
    description_fr="Les cours que chaque plateforme a ajoutés, retirés et remis, mois par"
    " mois. Le premier mois d’une plateforme contient tout ce qu’elle avait.",
    params=PLATFORM_PARAM,
    columns={
        "month": "Month of the crawls.",
        "platform": "Name of the platform.",
        "new": "Courses seen for the first time.",
        "withdrawn": "Courses no longer listed.",
        "back": "Courses listed again.",
        "changed": "Courses of which the platform now says something else.",
        "crawls": "Visits in the month.",
    },
    sql="""select substr(day, 1, 7) as month, platform, sum(new) as new,
  sum(withdrawn) as withdrawn, sum(back) as back, sum(changed) as changed, count(*) as crawls
from crawl where :platform = '' or platform = :platform
group by month, platform order by month desc, platform limit 200""",
    chart=Chart(label=("month", "platform"), values=("new", "withdrawn", "back")),
)

_NEW_PROVIDERS = Query(
    name="new_providers",
    title="New providers",
    title_fr="Nouveaux établissements",
    description="Providers whose first course appeared within so many days.",
    description_fr="Les établissements dont le premier cours est apparu en tant de jours.",
    params={"days": "how many days back; blank means 90"} | DAY_PARAM | LIMIT_PARAM,
    columns={
        "provider": "Who offers the courses.",
        "provider_kind": "What sort of organisation it is; empty where that is not known.",
        "since": "Day of the crawl that first saw one of its courses.",
        "courses": "Courses listed.",
    },
    sql=f"""{DAY}
select c.provider, max(c.provider_kind) as provider_kind, min(c.first_seen) as since,
  sum(c.withdrawn is null) as courses
from course c where c.provider is not null
group by c.provider having since > {SINCE.format(default=90)} and since <= {TODAY}
order by since desc, courses desc, c.provider {LIMIT}""",
)

QUERIES: tuple[Query, ...] = (
    _NEW_THIS_WEEK,
    _CHANGED_THIS_WEEK,
    _GONE,
    _EVENTS_SINCE,
    _PRICE_MOVES,
    _CHURN,
    _NEW_PROVIDERS,
)
