"""Who offers what: providers, topics, languages, levels."""

from __future__ import annotations

from catalogue.publish.query import (
    DAY,
    DAY_PARAM,
    DAYS,
    FRENCH,
    LANGUAGE,
    LANGUAGE_PARAM,
    LIMIT,
    LIMIT_PARAM,
    OPEN,
    PLATFORM,
    PLATFORM_PARAM,
    STATE,
    STILL,
    TODAY,
    Chart,
    Query,
)

_LANGUAGES = Query(
    name="languages",
    title="Languages",
    title_fr="Langues",
    description="How many courses each platform lists in each language.",
    description_fr="Combien de cours chaque plateforme annonce dans chaque langue.",
    params=PLATFORM_PARAM,
    columns={
        "platform": "Name of the platform.",
        "language": "A BCP 47 code; empty when the page did not say.",
        "courses": "Courses listed.",
    },
    sql=f"""select c.platform, c.language, count(*) as courses
from course c where c.withdrawn is null and {PLATFORM}
group by c.platform, c.language order by courses desc""",
    chart=Chart(label=("platform", "language"), values=("courses",)),
)

_PROVIDERS = Query(
    name="hours_by_provider",
    title="Hours by provider",
    title_fr="Volume par établissement",
    description="How many courses each provider lists, and how long they are on average.",
    description_fr="Combien de cours chaque établissement annonce, et leur durée moyenne.",
    params=PLATFORM_PARAM,
    columns={
        "provider": "Who offers the courses.",
        "courses": "Courses listed.",
        "known": "Of those, courses whose hours are known.",
        "mean_hours": "Mean effort of those, in hours.",
    },
    sql=f"""select c.provider, count(*) as courses, count(c.hours) as known,
  round(avg(c.hours), 1) as mean_hours
from course c where c.withdrawn is null and {PLATFORM}
group by c.provider order by courses desc limit 200""",
    chart=Chart(label=("provider",), values=("courses",)),
)

_SUBJECTS = Query(
    name="subjects",
    title="Subjects",
    title_fr="Thèmes",
    description="Subjects as the platforms file their courses, the largest first.",
    description_fr="Les thèmes tels que les plateformes classent leurs cours, les plus"
    " fournis d’abord.",
    params=PLATFORM_PARAM | LANGUAGE_PARAM,
    columns={
        "subject": "The subject, as written.",
        "courses": "Courses listed under it.",
        "platforms": "How many platforms use it.",
    },
    sql=f"""select j.value as subject, count(*) as courses, count(distinct c.platform) as platforms
from course c, json_each(c.subjects) j
where c.withdrawn is null and {PLATFORM} and {LANGUAGE}
group by j.value order by courses desc, subject limit 200""",
    chart=Chart(label=("subject",), values=("courses",)),
)

_COVERAGE = Query(
    name="topic_coverage",
    title="Who covers a topic",
    title_fr="Couverture d’un sujet",
    description="How many courses on a topic each platform lists, by language.",
    description_fr="Combien de cours sur un sujet chaque plateforme annonce, par langue.",
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
    chart=Chart(label=("platform", "language"), values=("courses",)),
)

_TOPICS_BY_MONTH = Query(
    name="topics_by_month",
    title="Topics by month",
    title_fr="Thèmes par mois",
    description="How many new courses each month brought on each subject. The first month of a"
    " platform holds all that it had.",
    description_fr="Combien de nouveaux cours chaque mois a apportés sur chaque thème. Le"
    " premier mois d’une plateforme contient tout ce qu’elle avait.",
    params={"subject": "a subject as written, such as Marketing; blank means any"}
    | PLATFORM_PARAM
    | LANGUAGE_PARAM
    | LIMIT_PARAM,
    columns={
        "month": "Month in which the courses were first seen.",
        "subject": "The subject, as the platform writes it.",
        "courses": "Courses first seen in the month and still listed.",
        "french": "Of those, courses in French.",
    },
    sql=f"""select substr(c.first_seen, 1, 7) as month, j.value as subject, count(*) as courses,
  sum({FRENCH}) as french
from course c, json_each(c.subjects) j
where {STILL} and (:subject = '' or j.value = :subject) and {PLATFORM} and {LANGUAGE}
group by month, subject order by month desc, courses desc, subject {LIMIT}""",
)

_RISING = Query(
    name="rising_skills",
    title="Rising skills",
    title_fr="Compétences en hausse",
    description="Skills by how many courses with them appeared within so many days, beside as many"
    " days before that.",
    description_fr="Les compétences, selon le nombre de cours apparus en tant de jours, à côté"
    " d’autant de jours auparavant.",
    params={"days": "how many days back; blank means 90"}
    | DAY_PARAM
    | LANGUAGE_PARAM
    | LIMIT_PARAM,
    columns={
        "skill": "The skill, as written.",
        "recent": "Courses that appeared in those days.",
        "before": "Courses that appeared in as many days before them.",
        "rise": "The one less the other.",
    },
    sql=f"""{DAY},
span (first, middle) as (select date(day, '-' || (2 * {DAYS.format(default=90)}) || ' days'),
  date(day, '-' || {DAYS.format(default=90)} || ' days') from asked),
told (skill, recent) as (
  select j.value, c.first_seen > (select middle from span)
  from course c, json_each(c.skills) j
  where c.first_seen > (select first from span) and c.first_seen <= {TODAY} and {STILL}
    and {LANGUAGE})
select skill, sum(recent) as recent, sum(not recent) as before,
  sum(recent) - sum(not recent) as rise
from told group by skill having recent > 0 order by rise desc, skill {LIMIT}""",
    chart=Chart(label=("skill",), values=("recent",)),
)

_GAPS = Query(
    name="french_gaps",
    title="What is missing in French",
    title_fr="Ce qui manque en français",
    description="Skills taught in English, with at most so many courses in French.",
    description_fr="Les compétences enseignées en anglais, avec au plus tant de cours en français.",
    params={"french": "courses in French at most; blank means 0"} | LIMIT_PARAM,
    columns={
        "skill": "The skill, as written.",
        "english": "Courses in English that teach it.",
        "french": "Courses in French that do.",
    },
    sql=f"""select j.value as skill, sum(c.language = 'en' or c.language like 'en-%') as english,
  sum({FRENCH}) as french
from course c, json_each(c.skills) j
where {STILL} and c.language is not null
group by skill
having english > 0 and french <= cast(coalesce(nullif(trim(:french), ''), 0) as integer)
order by english desc, skill {LIMIT}""",
    chart=Chart(label=("skill",), values=("english", "french")),
)

_IN_FRENCH = Query(
    name="topic_in_french",
    title="A topic in French",
    title_fr="Un sujet en français",
    description="For a topic: how many courses each platform lists, how many in French, and into"
    " how many of those one can enrol on the day.",
    description_fr="Pour un sujet\u00a0: combien de cours chaque plateforme annonce, combien en"
    " français, et à combien de ceux-là on peut s’inscrire ce jour-là.",
    params={"q": "words such as neuromarketing"} | DAY_PARAM,
    columns={
        "platform": "Name of the platform.",
        "other": "Courses on the topic in other languages, or in one that is not stated.",
        "french": "Courses on it in French.",
        "open_in_french": "Of those, courses with a session that is open.",
    },
    sql=f"""{DAY}
select c.platform, sum(not coalesce({FRENCH}, 0)) as other, sum(coalesce({FRENCH}, 0)) as french,
  sum({FRENCH} and exists (select 1 from session s where s.course_id = c.id
    and s.withdrawn is null and {STATE} in {OPEN})) as open_in_french
from course_fts f join course c on c.id = f.rowid
where course_fts match match_query(:q) and c.withdrawn is null
group by c.platform order by french desc, other desc""",
    chart=Chart(label=("platform",), values=("french", "other")),
)

_LEVELS = Query(
    name="by_level",
    title="Levels",
    title_fr="Niveaux",
    description="How many courses each platform lists for beginners, for experts and between.",
    description_fr="Combien de cours chaque plateforme annonce pour débutants, pour experts"
    " et entre les deux.",
    params=LANGUAGE_PARAM,
    columns={
        "platform": "Name of the platform.",
        "beginner": "Courses for beginners.",
        "intermediate": "Courses of an intermediate level.",
        "advanced": "Courses for the advanced.",
        "mixed": "Courses for several levels.",
        "unknown": "Courses whose page does not say.",
    },
    sql=f"""select c.platform, sum(c.level is 'beginner') as beginner,
  sum(c.level is 'intermediate') as intermediate, sum(c.level is 'advanced') as advanced,
  sum(c.level is 'mixed') as mixed, sum(c.level is null) as unknown
from course c where {STILL} and {LANGUAGE}
group by c.platform order by c.platform""",
    chart=Chart(
        label=("platform",), values=("beginner", "intermediate", "advanced", "mixed", "unknown")
    ),
)

_KINDS = Query(
    name="by_provider_kind",
    title="Kinds of providers",
    title_fr="Sortes d’établissements",
    description="Universities, business schools, companies and others: how many, with how many"
    " courses, how long and how often free.",
    description_fr="Universités, écoles de commerce, entreprises et autres\u00a0: combien, avec"
    " combien de cours, de quelle longueur et combien de gratuits.",
    params=LANGUAGE_PARAM | PLATFORM_PARAM,
    columns={
        "provider_kind": "Sort of organisation; empty where neither table nor name tells.",
        "providers": "How many of them.",
        "courses": "Courses that they list.",
        "french": "Of those, courses in French.",
        "free": "Of those, courses that one follows for free, whole or in part.",
        "mean_hours": "Mean effort of those whose hours are known, in hours.",
    },
    sql=f"""select c.provider_kind, count(distinct c.provider) as providers, count(*) as courses,
  sum({FRENCH}) as french, sum(c.access in ('free_full', 'free_audit_limited')) as free,
  round(avg(c.hours), 1) as mean_hours
from course c where {STILL} and {LANGUAGE} and {PLATFORM}
group by c.provider_kind order by courses desc""",
    chart=Chart(label=("provider_kind",), values=("courses",)),
)

_EVERYWHERE = Query(
    name="providers_everywhere",
    title="Providers on several platforms",
    title_fr="Établissements sur plusieurs plateformes",
    description="Who lists courses on more than one platform, and on which.",
    description_fr="Qui annonce des cours sur plus d’une plateforme, et sur lesquelles.",
    params=LIMIT_PARAM,
    columns={
        "provider": "Who offers the courses.",
        "platforms": "How many platforms.",
        "courses": "Courses listed.",
        "where_": "Which platforms.",
    },
    sql=f"""select c.provider, count(distinct c.platform) as platforms, count(*) as courses,
  group_concat(distinct c.platform) as where_
from course c where c.provider is not null and {STILL}
group by c.provider having platforms > 1
order by platforms desc, courses desc, c.provider {LIMIT}""",
)

_HOURS = Query(
    name="weekly_hours",
    title="Hours a week",
    title_fr="Heures par semaine",
    description="How many courses ask for how many hours a week.",
    description_fr="Combien de cours demandent combien d’heures par semaine.",
    params=LANGUAGE_PARAM | PLATFORM_PARAM,
    columns={
        "band": "Hours a week; unknown where the page does not say.",
        "courses": "Courses listed.",
        "mean_weeks": "How many weeks they last on average.",
    },
    sql=f"""select case when c.weekly_hours is null then 'unknown' when c.weekly_hours < 2
  then 'under 2' when c.weekly_hours < 4 then '2 to 4' when c.weekly_hours < 6 then '4 to 6'
  when c.weekly_hours < 10 then '6 to 10' else '10 or more' end as band,
  count(*) as courses, round(avg(c.length_weeks), 1) as mean_weeks
from course c where {STILL} and {LANGUAGE} and {PLATFORM}
group by band order by min(coalesce(c.weekly_hours, 999))""",
    chart=Chart(label=("band",), values=("courses",)),
)

QUERIES: tuple[Query, ...] = (
    _LANGUAGES,
    _PROVIDERS,
    _SUBJECTS,
    _COVERAGE,
    _TOPICS_BY_MONTH,
    _RISING,
    _GAPS,
    _IN_FRENCH,
    _LEVELS,
    _KINDS,
    _EVERYWHERE,
    _HOURS,
)
