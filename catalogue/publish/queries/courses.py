"""Which course: lists to choose from, and one course looked at closely."""

from __future__ import annotations

from catalogue.publish.query import (
    CHANGE,
    COURSE,
    COURSE_SQL,
    FRENCH,
    LANGUAGE,
    LANGUAGE_PARAM,
    LIMIT,
    LIMIT_PARAM,
    OFFER,
    OFFER_SQL,
    PLATFORM,
    PLATFORM_PARAM,
    STILL,
    Query,
)

_SEARCH = Query(
    name="search",
    title="Search",
    title_fr="Recherche",
    description="Courses still listed that hold every word, in French or English, whatever the"
    " accents and endings; best first.",
    description_fr="Les cours encore annoncés qui contiennent tous les mots, en français ou"
    " en anglais, quels que soient accents et terminaisons\u202f; les meilleurs"
    " d’abord.",
    params={"q": "words such as nudge"} | LANGUAGE_PARAM,
    columns=COURSE | OFFER,
    sql=f"""select {COURSE_SQL}, {OFFER_SQL}
from course_fts f join course c on c.id = f.rowid
where course_fts match match_query(:q) and c.withdrawn is null and {LANGUAGE}
order by bm25(course_fts, 8, 2, 4, 2, 2, 1, 1), c.id limit 100""",
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
    description_fr="Pour chaque fait d’un cours, les mots de la page qui le disent.",
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
    title_fr="Historique d’un cours",
    description="Every change of one course, the latest first.",
    description_fr="Tous les changements d’un cours, le dernier d’abord.",
    params=_ONE_COURSE | LIMIT_PARAM,
    columns=CHANGE,
    sql=f"""select h.day, h.field, h.old, h.new
from course c join change h on h.course_id = c.id
where c.platform = :platform and c.ref = :ref order by h.id desc {LIMIT}""",
)

_FITS = Query(
    name="fits_my_time",
    title="What fits in my week",
    title_fr="Ce qui tient dans ma semaine",
    description="Courses of at most so many hours a week and so many weeks, the shortest weeks"
    " first; open or not.",
    description_fr="Les cours d’au plus tant d’heures par semaine et tant de semaines, les"
    " semaines les moins chargées d’abord\u202f; ouverts ou non.",
    params={
        "hours": "hours a week at most; blank means 3",
        "weeks": "weeks at most; blank means any",
        "free": "yes: only what one follows for free; blank means any",
    }
    | LANGUAGE_PARAM
    | LIMIT_PARAM,
    columns=COURSE | OFFER,
    sql=f"""select {COURSE_SQL}, {OFFER_SQL}
from course c
where c.weekly_hours <= cast(coalesce(nullif(trim(:hours), ''), 3) as real) and {STILL}
  and (trim(:weeks) = '' or c.length_weeks <= cast(:weeks as real))
  and (trim(:free) = '' or c.access in ('free_full', 'free_audit_limited')) and {LANGUAGE}
order by c.weekly_hours {LIMIT}""",
)

_BEST_RATED = Query(
    name="best_rated",
    title="Best rated",
    title_fr="Les mieux notés",
    description="Ratings drawn towards the mean of all where few people gave them: each counts as"
    " if twenty others had given the mean.",
    description_fr="Les notes, ramenées vers la moyenne de toutes quand peu de personnes les"
    " ont données\u00a0: comme si vingt autres avaient donné la moyenne.",
    params={"at_least": "ratings at least; blank means 10"}
    | LANGUAGE_PARAM
    | PLATFORM_PARAM
    | LIMIT_PARAM,
    columns=COURSE
    | {
        "weighed": "The rating with twenty mean ones added, of 5.",
        "rating": "The rating as the platform gives it, of 5.",
        "rating_count": "How many ratings it rests on.",
    },
    sql=f"""with mean as (select avg(rating) as mean from course
  where rating is not null and withdrawn is null)
select {COURSE_SQL}, round((c.rating * c.rating_count + 20 * mean) / (c.rating_count + 20), 2)
  as weighed, c.rating, c.rating_count
from mean cross join course c
where c.rating > 0 and c.rating_count >= cast(coalesce(nullif(trim(:at_least), ''), 10) as integer)
  and {STILL} and {LANGUAGE} and {PLATFORM}
order by weighed desc, c.rating_count desc, c.id {LIMIT}""",
)

_SUBTITLED = Query(
    name="french_subtitles",
    title="In another language, with French subtitles",
    title_fr="Dans une autre langue, sous-titrés en français",
    description="Courses that are not in French and whose subtitles are, newest first.",
    description_fr="Les cours qui ne sont pas en français et dont les sous-titres le sont,"
    " les derniers d’abord.",
    params=PLATFORM_PARAM | LIMIT_PARAM,
    columns=COURSE | {"subtitles": "Languages of the subtitles."} | OFFER,
    sql=f"""select {COURSE_SQL}, c.subtitles, {OFFER_SQL}
from course c
where c.subtitles like '%"fr%' and not coalesce({FRENCH}, 0) and {STILL} and {PLATFORM}
order by c.first_seen desc, c.id desc {LIMIT}""",
)

QUERIES: tuple[Query, ...] = (
    _SEARCH,
    _WORDS_BEHIND,
    _HISTORY,
    _FITS,
    _BEST_RATED,
    _SUBTITLED,
)
