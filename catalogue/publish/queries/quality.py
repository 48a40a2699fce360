"""How good the data is: visits, issues, what is known."""

from __future__ import annotations

from catalogue.publish.query import (
    LIMIT,
    LIMIT_PARAM,
    PLATFORM,
    PLATFORM_PARAM,
    STILL,
    Chart,
    Query,
)
from catalogue.views import EXPECTED

_BY_PLATFORM = Query(
    name="by_platform",
    title="By platform",
    title_fr="Par plateforme",
    description="What is known of each platform, and how its last crawl ended.",
    description_fr="Ce que l’on sait de chaque plateforme, et comment sa dernière visite"
    " s’est terminée.",
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
    chart=Chart(label=("platform",), values=("courses",)),
)

_ISSUES = Query(
    name="issues_by_platform",
    title="Data quality",
    title_fr="Qualité des données",
    description="What the last crawl of each platform could not make sense of, most often first.",
    description_fr="Ce que la dernière visite de chaque plateforme n’a pas compris, le plus"
    " fréquent d’abord.",
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
    chart=Chart(label=("platform", "kind", "field"), values=("times",)),
)

_COMPLETENESS = Query(
    name="how_much_is_known",
    title="How much is known",
    title_fr="Complétude",
    description="For each platform, the share of listed courses whose page states each fact, in %.",
    description_fr="Pour chaque plateforme, la part des cours dont la page dit chaque fait,"
    " en\u00a0%.",
    columns={
        "platform": "Name of the platform.",
        "courses": "Courses listed.",
        "share": "Mean share of the expected facts, from 0 to 1.",
        **{f"{fact}_known": f"Courses that state it ({fact}), in %." for fact in EXPECTED},
    },
    sql=f"""select platform, courses, share, {", ".join(f"{it} as {it}_known" for it in EXPECTED)}
from platform_completeness order by platform""",
    chart=Chart(label=("platform",), values=("share",)),
)

_VISITS = Query(
    name="visits",
    title="Visits",
    title_fr="Visites",
    description="Every visit to a platform with its verdict and why, the latest first.",
    description_fr="Chaque visite d’une plateforme, avec son verdict et pourquoi, la dernière"
    " d’abord.",
    params=PLATFORM_PARAM | {"verdict": "complete or partial; blank means any"} | LIMIT_PARAM,
    columns={
        "day": "Day that the crawl speaks for.",
        "platform": "Name of the platform.",
        "verdict": "complete or partial.",
        "reasons": "Why it is not complete.",
        "announced": "How many courses the site said it has.",
        "read": "How many were read.",
        "rejected": "Listings that could not become a course.",
        "new": "Courses seen for the first time.",
        "changed": "Courses of which the platform now says something else.",
        "withdrawn": "Courses no longer listed.",
        "errors": "Requests and pages that failed.",
    },
    sql=f"""select day, platform, verdict, reasons, announced, read, rejected, new, changed,
  withdrawn, errors
from crawl
where (:platform = '' or platform = :platform) and (:verdict = '' or verdict = :verdict)
order by id desc {LIMIT}""",
)

_LICENCES = Query(
    name="licences",
    title="Licences of the content",
    title_fr="Licences des contenus",
    description="How many courses state which licence for what they teach with.",
    description_fr="Combien de cours disent sous quelle licence ils enseignent.",
    params=PLATFORM_PARAM,
    columns={
        "platform": "Name of the platform.",
        "licence": "The licence, as written.",
        "courses": "Courses listed.",
    },
    sql=f"""select c.platform, c.licence, count(*) as courses
from course c where c.licence is not null and {STILL} and {PLATFORM}
group by c.platform, c.licence order by courses desc, c.platform, c.licence limit 200""",
    chart=Chart(label=("platform", "licence"), values=("courses",)),
)

QUERIES: tuple[Query, ...] = (
    _BY_PLATFORM,
    _ISSUES,
    _COMPLETENESS,
    _VISITS,
    _LICENCES,
)
