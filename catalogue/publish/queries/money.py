"""What it costs: access, prices, certificates, the same course elsewhere."""

from __future__ import annotations

from catalogue.publish.query import (
    COURSE,
    COURSE_SQL,
    LANGUAGE,
    LANGUAGE_PARAM,
    LIMIT,
    LIMIT_PARAM,
    OFFER,
    PLATFORM,
    PLATFORM_PARAM,
    STILL,
    Chart,
    Query,
)

_PRICE_PER_HOUR = Query(
    name="price_per_hour",
    title="Price per hour",
    title_fr="Prix à l’heure",
    description="Courses paid once, the cheapest hour first. Compare within one currency only.",
    description_fr="Les cours payés en une fois, l’heure la moins chère d’abord. À comparer"
    " dans une même monnaie seulement.",
    params={"currency": "a currency such as EUR; blank means any"} | LANGUAGE_PARAM | LIMIT_PARAM,
    columns=COURSE
    | {
        "price_per_hour": "Price over hours.",
        "currency": OFFER["currency"],
        "price": OFFER["price"],
        "hours": "Effort of the whole course, in hours.",
    },
    sql=f"""select {COURSE_SQL}, round(c.price_per_hour, 2) as price_per_hour, c.currency, c.price,
  c.hours
from course c where c.price_per_hour > 0 and {STILL}
  and (:currency = '' or c.currency = upper(:currency)) and {LANGUAGE}
order by c.price_per_hour {LIMIT}""",
)

_PRICES = Query(
    name="price_bands",
    title="Price bands",
    title_fr="Distribution des prix",
    description="How many courses cost how much, by currency.",
    description_fr="Combien de cours coûtent combien, par monnaie.",
    params=PLATFORM_PARAM,
    columns={
        "currency": "ISO 4217 code; empty where nothing is paid.",
        "band": "Price of following the course; unknown when the page did not say.",
        "courses": "Courses listed.",
    },
    sql=f"""select currency, case when price is null then 'unknown' when price = 0 then 'free'
  when price < 50 then 'under 50' when price < 200 then '50 to 199'
  when price < 1000 then '200 to 999' else '1000 or more' end as band, count(*) as courses
from course c where c.withdrawn is null and {PLATFORM}
group by 1, 2 order by currency, min(price)""",
    chart=Chart(label=("currency", "band"), values=("courses",)),
)

_ACCESS = Query(
    name="access_by_platform",
    title="Free, free in part, paid",
    title_fr="Gratuit, gratuit en partie, payant",
    description="What one pays to follow the courses of each platform.",
    description_fr="Ce que l’on paie pour suivre les cours de chaque plateforme.",
    params=LANGUAGE_PARAM,
    columns={
        "platform": "Name of the platform.",
        "free_full": "Courses that are free, whole.",
        "free_audit_limited": "Courses of which a part is free.",
        "free_trial": "Courses that are free for some days.",
        "paid": "Courses paid for.",
        "subscription": "Courses within a subscription.",
        "unknown": "Courses whose page does not say.",
    },
    sql=f"""select c.platform, sum(c.access is 'free_full') as free_full,
  sum(c.access is 'free_audit_limited') as free_audit_limited,
  sum(c.access is 'free_trial') as free_trial, sum(c.access is 'paid') as paid,
  sum(c.access is 'subscription') as subscription, sum(c.access is null) as unknown
from course c where {STILL} and {LANGUAGE}
group by c.platform order by c.platform""",
    chart=Chart(
        label=("platform",),
        values=("free_full", "free_audit_limited", "free_trial", "paid", "subscription", "unknown"),
    ),
)

_FREE_TRACK = Query(
    name="what_free_leaves_out",
    title="What free leaves out",
    title_fr="Ce que le gratuit laisse de côté",
    description="Courses whose page says what one goes without who follows them for free, in its"
    " own words.",
    description_fr="Les cours dont la page dit, dans ses mots, ce dont se passe qui les suit"
    " gratuitement.",
    params=PLATFORM_PARAM | LANGUAGE_PARAM | LIMIT_PARAM,
    columns=COURSE
    | {
        "free_track": "The page's own sentences.",
        "access": OFFER["access"],
        "certificate": "What one pays for the certificate.",
    },
    sql=f"""select {COURSE_SQL}, c.free_track, c.access, c.certificate
from course c where c.free_track is not null and {STILL} and {PLATFORM} and {LANGUAGE}
order by c.platform, c.id {LIMIT}""",
)

_CERTIFICATES = Query(
    name="certificates",
    title="Certificates",
    title_fr="Certificats",
    description="Whether the certificate is free, paid or none, by platform, and what it costs on"
    " average in euros.",
    description_fr="Si le certificat est gratuit, payant ou absent, par plateforme, et son"
    " prix moyen en euros.",
    columns={
        "platform": "Name of the platform.",
        "free": "Courses with a free certificate.",
        "paid": "Courses whose certificate is paid for.",
        "subscription": "Courses whose certificate comes with a subscription.",
        "none": "Courses without one.",
        "unknown": "Courses whose page does not say.",
        "mean_eur": "Mean price of those that are paid and priced, in euros.",
        "rate_date": "The oldest day of the rates that this rests on.",
    },
    sql=f"""select c.platform, sum(c.certificate is 'free') as free,
  sum(c.certificate is 'paid') as paid, sum(c.certificate is 'subscription') as subscription,
  sum(c.certificate is 'none') as none, sum(c.certificate is null) as unknown,
  round(avg(case when c.certificate_price > 0 then c.certificate_price / r.per_euro end), 2)
    as mean_eur,
  min(case when c.certificate_price > 0 and r.currency <> 'EUR' then r.day end) as rate_date
from course c left join rate r on r.currency = c.currency where {STILL}
group by c.platform order by c.platform""",
    chart=Chart(label=("platform",), values=("free", "paid", "subscription", "none", "unknown")),
)

_BY_LEVEL = Query(
    name="price_by_level",
    title="Price by level",
    title_fr="Prix par niveau",
    description="What courses cost that are paid once, by level, in euros: the lowest, the middle"
    " one, the highest.",
    description_fr="Ce que coûtent les cours payés en une fois, par niveau, en euros\u00a0: le"
    " moins cher, celui du milieu, le plus cher.",
    params=LANGUAGE_PARAM | PLATFORM_PARAM,
    columns={
        "level": "Level of the course; empty when the page does not say.",
        "courses": "Courses with a price above 0.",
        "lowest_eur": "The lowest price, in euros.",
        "median_eur": "The middle one: half of the courses cost no more, in euros.",
        "highest_eur": "The highest, in euros.",
        "rate_date": "The oldest day of the rates that this rests on.",
    },
    sql=f"""with priced as (
  select c.level, c.price / r.per_euro as eur, case when r.currency <> 'EUR' then r.day end as day,
    row_number() over (partition by c.level order by c.price / r.per_euro) as place,
    count(*) over (partition by c.level) as courses
  from course c join rate r on r.currency = c.currency
  where c.price > 0 and coalesce(c.billing, 'once') = 'once' and {STILL}
    and {LANGUAGE} and {PLATFORM})
select level, max(courses) as courses, round(min(eur), 2) as lowest_eur,
  round(avg(case when place in ((courses + 1) / 2, (courses + 2) / 2) then eur end), 2)
    as median_eur,
  round(max(eur), 2) as highest_eur, min(day) as rate_date
from priced group by level order by median_eur""",
    chart=Chart(label=("level",), values=("median_eur",)),
)

_ELSEWHERE = Query(
    name="same_elsewhere",
    title="The same course elsewhere",
    title_fr="Le même cours ailleurs",
    description="Courses that are listed on another platform too, with both prices in euros; the"
    " largest difference first.",
    description_fr="Les cours annoncés aussi sur une autre plateforme, avec les deux prix en"
    " euros\u202f; la plus grande différence d’abord.",
    params=PLATFORM_PARAM | LIMIT_PARAM,
    columns=COURSE
    | {
        "access": OFFER["access"],
        "price_eur": "Price of following it, in euros; 0 means free.",
        "elsewhere": "The other platform.",
        "ref_elsewhere": "The other platform's identifier of the course.",
        "access_elsewhere": "What one pays there.",
        "price_eur_elsewhere": "Price there, in euros.",
        "saved_eur": "How much one saves there, in euros; empty where a price is not known.",
        "score": "How sure it is that they are one course, from 0 to 1.",
        "rate_date": "The older day of the rates that the euros rest on.",
    },
    sql=f"""select {COURSE_SQL}, c.access, m.price_eur, o.platform as elsewhere,
  o.ref as ref_elsewhere, o.access as access_elsewhere, n.price_eur as price_eur_elsewhere,
  round(m.price_eur - n.price_eur, 2) as saved_eur, min(s.score, t.score) as score,
  nullif(min(case when m.currency <> 'EUR' then coalesce(m.rate_date, '9999') else '9999' end,
    case when n.currency <> 'EUR' then coalesce(n.rate_date, '9999') else '9999' end), '9999')
    as rate_date
from same_course s join same_course t on t.cluster_id = s.cluster_id and t.course_id <> s.course_id
join course c on c.id = s.course_id join course o on o.id = t.course_id
join course_money m on m.course_id = c.id join course_money n on n.course_id = o.id
where c.withdrawn is null and o.withdrawn is null and {PLATFORM}
  and case when m.price_eur <> n.price_eur then m.price_eur > n.price_eur
    else c.id < o.id or (:platform <> '' and o.platform <> :platform) end
order by saved_eur is null, saved_eur desc, c.id, o.id {LIMIT}""",
)

QUERIES: tuple[Query, ...] = (
    _PRICE_PER_HOUR,
    _PRICES,
    _ACCESS,
    _FREE_TRACK,
    _CERTIFICATES,
    _BY_LEVEL,
    _ELSEWHERE,
)
