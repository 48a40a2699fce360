"""Our pages and Datasette's through the real client, on a real catalogue."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import lxml.html
import pytest
from datasette.app import Datasette

import recommend.web
from catalogue.course import Course, Quote, Session
from catalogue.errors import StoreError
from catalogue.file import open_for_reading
from recommend import index, profile, rank
from recommend.serving import application
from recommend.web import asked, formats, jsonld, security, texts
from recommend.web.ranking import Ranker
from recommend.web.site import site_of

Stock = Callable[..., Path]
DAY = "2026-11-22"
WEB = Path(recommend.web.__file__).parent
CANARY = "<script>window.canary=1</script><img src=x onerror=canary()>\"'&{{7*7}}"
DIRECTOR = "/recommend?profile=directeur-marketing"


@attrs.define
class Reader:
    """Asks a Datasette as a browser does."""

    datasette: Datasette
    loop: asyncio.AbstractEventLoop

    def get(self, path: str, **headers: str) -> Any:
        answer = self.datasette.client.get(path, headers=headers)
        return self.loop.run_until_complete(answer)

    def page(self, path: str, **headers: str) -> Any:
        answer = self.get(path, **headers)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return lxml.html.fromstring(answer.text)


@pytest.fixture
def reader() -> Iterator[Callable[..., Reader]]:
    """Serve a catalogue: `reader(path, public=True)`."""
    loop = asyncio.new_event_loop()
    yield lambda path, **how: Reader(application(path, **({"day": DAY} | how)), loop)
    loop.close()


@pytest.fixture
def shop(stock: Stock, reader: Callable[..., Reader]) -> Reader:
    """The shelf's courses with their index."""
    path = stock()
    index.ensure(path).close()
    return reader(path)


def course(ref: str = "1", **facts: Any) -> Course:
    known = {
        "platform": "fun",
        "url": f"https://fun.example/{ref}",
        "title": "Le nudge en pratique",
    }
    return Course(ref=ref, **(known | facts))


def held(path: Path) -> tuple[bytes, bytes]:
    """All that the file and its write-ahead log hold."""
    log = path.with_name(f"{path.name}-wal")
    return path.read_bytes(), log.read_bytes() if log.exists() else b""


def words_of(page: Any) -> str:
    return " ".join(page.text_content().split())


def assert_inert(answer: Any) -> None:
    """Nothing harvested runs: no handlers, no scripts but known ones, no script addresses."""
    page = lxml.html.fromstring(answer.text)
    policy = answer.headers["content-security-policy"]
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        assert not [name for name in element.attrib if name.startswith("on")], element.attrib
        for name in ("href", "src", "action"):
            address = (element.get(name) or "").strip().lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:")), address
        if element.tag == "script" and not element.get("src"):
            known = security.hash_source(element.text or "") in policy
            assert known or element.get("type") == "application/ld+json", element.text
        assert element.tag != "style"


# The language of a page


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("fr;q=0.7, en;q=0.8", "en"),
        ("de,*;q=0.5", "fr"),
        ("en;q=0", "fr"),
        ("EN-us", "en"),
        (";;;q=x,,", "fr"),
    ],
)
def test_the_browsers_language_is_respected(header: str, lang: str) -> None:
    assert asked.preferred(header) == lang


@pytest.mark.parametrize(
    ("path", "header", "lang"),
    [
        ("/", "", "fr"),
        ("/", "en", "en"),
        ("/en/", "fr", "en"),
        ("/fr", "en", "fr"),
        ("/?lang=en", "fr", "en"),
        ("/fr/data?lang=en", "en", "fr"),
        ("/search", "en", "en"),
    ],
)
def test_a_page_says_its_language(shop: Reader, path: str, header: str, lang: str) -> None:
    answer = shop.get(path, **{"accept-language": header})
    page = lxml.html.fromstring(answer.text)
    assert page.get("lang") == lang == answer.headers["content-language"]
    assert "accept-language" in answer.headers["vary"].lower()
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/search?q=nudge", "/data", "/course/fun/1", DIRECTOR])
def test_every_page_can_be_switched(shop: Reader, path: str) -> None:
    french = shop.page(f"/fr{path}")
    (switch,) = french.cssselect(".lang-switch a")
    english = shop.page(switch.get("href"))
    assert english.get("lang") == "en"
    (back,) = english.cssselect(".lang-switch a")
    assert back.get("href") == f"/fr{path}"
    assert words_of(french) != words_of(english)


def test_every_text_is_there_in_both_languages() -> None:
    used = set()
    for template in (WEB / "templates").glob("*.html"):
        used |= set(re.findall(r"\bt\(\"(\w+)\"", template.read_text(encoding="utf-8")))
    assert used <= set(texts.TEXTS)
    for key, (french, english) in texts.TEXTS.items():
        blanks = [set(re.findall(r"\{(\w+)\}", text)) for text in (french, english)]
        assert blanks[0] == blanks[1], key
        assert french, key
        assert english, key


def test_french_is_typeset_as_french() -> None:
    for key, (french, _) in texts.TEXTS.items():
        assert not re.search(r" [;!?:»]|« ", french), key
        assert not re.search(r"[^\u202f][;!?]", french.replace("&amp;", "")), key
        assert "'" not in french, key


# Home and search


def test_home_says_what_there_is(shop: Reader) -> None:
    page = shop.page("/en/")
    numbers = {
        " ".join(d.cssselect("dt")[0].text_content().split()): d.cssselect("dd")[0].text
        for d in page.cssselect(".numbers div")
    }
    assert numbers["courses listed"] == "13"
    assert "Data of 22\xa0November\xa02026" in words_of(page).replace(" ", " ").replace(
        "22 November 2026", "22\xa0November\xa02026"
    )
    roles = [link.get("href") for link in page.cssselect(".roles a")]
    assert {f"/en/recommend?profile={name}" for name in profile.shipped()} == set(roles)
    for link in page.cssselect(".lines a"):
        shop.page(link.get("href"))
    assert "No account, no tracker, no commission" in words_of(page)


def test_home_of_an_empty_catalogue(stock: Stock, reader: Callable[..., Reader]) -> None:
    path = stock(course())
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("change", "course", "crawl", "platform"):
            db.execute(f"delete from {table}")
        db.execute("update about set version = 0, data_date = null")
    empty = reader(path)
    assert "Le catalogue est encore vide" in words_of(empty.page("/fr/"))
    assert "Aucun cours" in words_of(empty.page(f"/fr{DIRECTOR}"))


@pytest.mark.parametrize("typed", ["nudges", "NUDGE", "nudges coup"])
def test_search_finds_other_endings(shop: Reader, typed: str) -> None:
    page = shop.page(f"/fr/search?q={typed}")
    assert page.cssselect("#q")[0].get("value") == typed
    assert any("nudge" in hit.text_content().lower() for hit in page.cssselect(".hits li"))


@pytest.mark.parametrize("typed", ['"', "AND", "a OR", "NEAR(", "*", "%00", "title:nudge", "-"])
def test_search_takes_anything(shop: Reader, typed: str) -> None:
    shop.page("/en/search?q=" + typed.replace("%00", "%2500"))
    assert shop.get("/catalogue/course.json", q=typed).status_code == 200


def test_datasettes_search_box_finds_other_endings(shop: Reader) -> None:
    page = shop.page("/catalogue/course?_search=nudges")
    assert page.cssselect("#_search")[0].get("value") == "nudges"
    assert 'search matches "nudges"' in words_of(page)
    titles = shop.get("/catalogue/course.json?_search=nudges&_shape=array").json()
    assert "petits coups de pouce" in " ".join(row["title"] for row in titles)
    every = shop.get("/catalogue/course.json?_shape=array").json()
    assert 0 < len(titles) < len(every)
    for typed in ("%22", "a%20OR", "%28", ""):
        assert shop.get(f"/catalogue/course.json?_search={typed}").status_code == 200


# Recommend


def figure(text: str) -> int:
    """A French figure in hundredths."""
    return round(float(text.strip().replace("−", "-").replace(",", ".")) * 100)


def test_the_points_shown_add_up_to_the_score(shop: Reader) -> None:
    page = shop.page(f"/fr{DIRECTOR}")
    cards = page.cssselect(".card")
    assert len(cards) > 5
    for card in cards:
        score = figure(card.cssselect(".score strong")[0].text)
        parts = [figure(cell.text) for cell in card.cssselect(".points tbody .num")]
        assert sum(parts) == score == figure(card.cssselect(".points tfoot .num")[0].text)
        reasons = [figure(reason.text) for reason in card.cssselect(".reason b")]
        assert sum(reasons) == score


def test_the_page_shows_the_ranking(shop: Reader) -> None:
    path = Path(shop.datasette.get_database("catalogue").path)
    with closing(open_for_reading(path)) as db:
        found = index.current(db)
        assert found is not None
        ranking = rank.rank(db, found, profile.load("directeur-marketing"), DAY, 4).as_json()
    page = shop.page(f"/fr{DIRECTOR}&top=4")
    titles = [title.text for title in page.cssselect(".card h2 a")]
    assert titles == [match["course"]["title"] for match in ranking["matches"]]
    assert ranking["profile"]["hash"] in words_of(page)
    assert ranking["model"] in words_of(page)


def test_hours_and_weeks_change_the_list(shop: Reader) -> None:
    def scores(query: str) -> list[str]:
        page = shop.page(f"/en{DIRECTOR}{query}")
        return [score.text for score in page.cssselect(".score strong")]

    assert scores("") == scores("&hours=3&weeks=6") == scores("&hours=&weeks=")
    assert scores("&hours=1") != scores("") != scores("&weeks=2")
    form = shop.page(f"/en{DIRECTOR}&hours=1.5&top=3")
    assert form.cssselect("#hours")[0].get("value") == "1.5"
    assert len(form.cssselect(".card")) == 3


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("profile=directeur-marketing&hours=abc", "“hours” must be a number between 0.1 and 168"),
        ("profile=directeur-marketing&hours=0", "between 0.1 and 168"),
        ("profile=directeur-marketing&hours=inf", "between 0.1 and 168"),
        ("profile=directeur-marketing&hours=nan", "between 0.1 and 168"),
        ("profile=directeur-marketing&weeks=521", "between 0.1 and 520"),
        ("profile=directeur-marketing&top=51", "between 1 and 50"),
        ("profile=directeur-marketing&top=-1", "between 1 and 50"),
        ("profile=nobody", "No profile is called “nobody”"),
        ("profile=../../pyproject.toml", "No profile is called"),
        ("profile=data/profiles/cmo.toml", "No profile is called"),
        ("profile=-", "No profile is called"),
        ("profile=" + "x" * 300, "longer than 200 characters"),
        ("profile=%3Cscript%3Ecanary()%3C/script%3E", "No profile is called"),
    ],
)
def test_a_wrong_request_gets_a_helpful_page(shop: Reader, query: str, said: str) -> None:
    answer = shop.get(f"/en/recommend?{query}")
    assert answer.status_code == 400
    assert said in words_of(lxml.html.fromstring(answer.text))
    assert_inert(answer)


def test_an_unknown_language_is_a_wrong_request(shop: Reader) -> None:
    assert shop.get("/?lang=xx").status_code == 400


def test_without_a_profile_one_chooses(shop: Reader) -> None:
    assert len(shop.page("/en/recommend").cssselect(".roles a")) == len(profile.shipped())


def test_a_stale_index_is_made_anew_without_writing(
    stock: Stock, reader: Callable[..., Reader]
) -> None:
    path = stock(course(), course("2", title="Le neuromarketing", provider="École"))
    before = held(path)
    titles = [a.text for a in reader(path).page(f"/fr{DIRECTOR}").cssselect(".card h2 a")]
    assert set(titles) == {"Le nudge en pratique", "Le neuromarketing"}
    assert held(path) == before


def test_a_slow_ranking_blocks_nobody(shop: Reader) -> None:
    others_done = threading.Event()

    class Slow(Ranker):
        def _rank(self, *about: Any) -> dict[str, Any]:
            assert others_done.wait(30), "the other request never got through"
            return super()._rank(*about)

    here = site_of(shop.datasette)
    here.ranker = Slow(here.path)

    async def both() -> list[int]:
        ranked = asyncio.ensure_future(shop.datasette.client.get(DIRECTOR))
        await asyncio.sleep(0)
        other = await shop.datasette.client.get("/catalogue/course")
        others_done.set()
        return [other.status_code, (await ranked).status_code]

    assert shop.loop.run_until_complete(both()) == [200, 200]


# A course


RICH = course(
    "a/b c",
    title="Le nudge en pratique",
    language="fr",
    provider="École des Quais",
    summary="Orienter les choix.",
    weeks=6.0,
    weekly_hours_low=2.0,
    weekly_hours_high=4.0,
    price=0.0,
    currency="EUR",
    access="free_full",
    certificate="paid",
    certificate_price=60.0,
    skills=("Nudge",),
    quotes={"weeks": Quote(words="Six semaines", source="page")},
    sessions=(Session(ref="s1", start="2027-01-05", enrolment_end="2027-01-01"),),
)


@pytest.fixture
def rich(stock: Stock, reader: Callable[..., Reader]) -> Reader:
    """One course that rose in price and lost a session this week."""
    gone = Session(ref="s0", start="2026-12-01")
    stock(attrs.evolve(RICH, weeks=5.0, sessions=(gone, *RICH.sessions)), day="2026-11-15")
    return reader(stock(RICH, day=DAY))


def test_a_course_page_tells_all(rich: Reader) -> None:
    page = rich.page("/fr/course/fun/a%2Fb%20c")
    said = words_of(page).replace("\xa0", " ")
    for fact in ("6 semaines", "2 à 4 h par semaine", "60 €", "gratuit", "Six semaines"):
        assert fact in said
    assert "Vérifié le 22 novembre 2026" in said
    assert "Vu pour la première fois le 15 novembre 2026" in said
    assert "À venir, inscription ouverte" in said
    assert "n’est plus annoncée" in said
    assert "La page ne précise pas : langues, sous-titres, niveau" in said
    changes = [
        [cell.text_content() for cell in row] for row in page.cssselect("#history-title ~ * tr")
    ]
    assert ["22\xa0novembre\xa02026", "Durée", "5\xa0semaines", "6\xa0semaines"] in changes
    (link,) = page.cssselect("a.button")
    assert (link.get("href"), link.get("rel")) == (RICH.url, "noopener nofollow")


def test_a_course_is_also_json_ld(rich: Reader) -> None:
    page = rich.page("/en/course/fun/a%2Fb%20c")
    (script,) = page.cssselect('script[type="application/ld+json"]')
    data = json.loads(script.text)
    assert data["@type"] == "Course"
    assert data["name"] == RICH.title
    assert data["isAccessibleForFree"] is True
    assert [run["startDate"] for run in data["hasCourseInstance"]] == ["2027-01-05"]


@pytest.mark.parametrize(
    ("price", "access", "category"),
    [(0.0, "free_full", "Free"), (49.0, "paid", "Paid"), (49.0, "subscription", "Subscription")],
)
def test_json_ld_says_how_a_price_is_paid(price: float, access: str, category: str) -> None:
    record = defaultdict(lambda: None, price=price, access=access, url="", sessions=[])
    assert json.loads(jsonld.course(record))["offers"]["category"] == category


def test_json_ld_cannot_leave_its_element() -> None:
    hostile = {"name": "</script><!--<script>\u2028&amp;"}
    text = jsonld.escaped(hostile)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == hostile


@pytest.mark.parametrize("path", ["/course/fun/none", "/course/nobody/1", "/course/fun/%00"])
def test_an_unknown_course_is_not_found(shop: Reader, path: str) -> None:
    answer = shop.get(f"/en{path}")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_withdrawn_course_says_so(stock: Stock, reader: Callable[..., Reader]) -> None:
    others = [course(str(ref)) for ref in range(2, 12)]
    stock(course(), *others, day="2026-11-15")
    page = reader(stock(*others, day=DAY)).page("/en/course/fun/1")
    assert "no longer lists this course since 22 November 2026" in words_of(page).replace(
        "\xa0", " "
    )


@pytest.mark.parametrize("url", ["javascript:canary()", "data:text/html,x", "//evil.example", "x"])
def test_only_web_addresses_are_linked(
    stock: Stock, reader: Callable[..., Reader], url: str
) -> None:
    shop = reader(stock(course(url=url)))
    for path in ("/en/course/fun/1", f"/en{DIRECTOR}", "/catalogue/course", "/catalogue/course/1"):
        answer = shop.get(path)
        assert_inert(answer)
        hrefs = [a.get("href") for a in lxml.html.fromstring(answer.text).cssselect("a")]
        assert url not in hrefs


# Untrusted words


def hostile_course(ref: str, words: str) -> Course:
    """A course that says the same words everywhere."""
    return course(
        ref,
        title=words or "x",
        provider=words,
        providers=(words,),
        instructors=(words,),
        summary=words,
        description=f"{words}\n\n{words} nudge neuromarketing",
        outcomes=(words,),
        skills=(words,),
        subjects=(words,),
        plan=(words,),
        format=words,
        prerequisites=words,
        assessment=words,
        code=words,
        licence=words,
        language="fr",
        price=1.0,
        currency=words[:3],
        quotes={
            "price": Quote(words=words, source="page"),
            "format": Quote(words=words, source="x"),
        },
        sessions=(Session(ref=words[:40] or "s", title=words, start="2026-12-01"),),
    )


PAGES = (
    "/fr/", "/en/search?q=nudge", "/fr/course/fun/{ref}", f"/en{DIRECTOR}&top=50", "/fr/data",
    "/catalogue", "/catalogue/course", "/catalogue/course/1", "/catalogue/session",
    "/catalogue/change", "/catalogue/quote", "/catalogue/starting_soon",
    "/catalogue/search?q=nudge", "/catalogue/subjects",
    "/catalogue/words_behind?platform=fun&ref=1",
)  # fmt: skip


def assert_pages_hold(shop: Reader, ref: str = "1") -> None:
    for path in PAGES:
        answer = shop.get(path.format(ref=ref))
        assert answer.status_code == 200, (path, answer.text[:500])
        assert_inert(answer)
        assert "49" not in re.findall(r"canary\(\)>\"'&(\d+)", answer.text)


def test_harvested_words_never_become_markup(stock: Stock, reader: Callable[..., Reader]) -> None:
    shop = reader(stock(hostile_course("1", CANARY), course("2", title=f"nudge {CANARY}")))
    assert_pages_hold(shop)
    assert "&lt;script&gt;window.canary" in shop.get("/fr/course/fun/1").text
    answer = shop.get("/en/search?q=%22%3E%3Cscript%3Ecanary()%3C/script%3E")
    assert_inert(answer)


@pytest.mark.shared
def test_real_hostile_words_on_every_page(
    stock: Stock, reader: Callable[..., Reader], shared: Path
) -> None:
    found = json.loads((shared / "data" / "hostile_strings_dev.json").read_text(encoding="utf-8"))
    courses = [hostile_course(str(at), each["value"]) for at, each in enumerate(found)]
    shop = reader(stock(*courses))
    assert_pages_hold(shop)
    for each in courses:
        assert_inert(shop.get(f"/fr/course/fun/{each.ref}"))
    assert_inert(shop.get("/catalogue/course?_size=100"))
    assert_inert(shop.get("/catalogue/session?_size=100"))


# Doors and headers


def test_every_answer_carries_the_headers(shop: Reader) -> None:
    for path in (
        *PAGES,
        "/nope",
        "/-/static/app.css",
        "/catalogue.json",
        "/catalogue/course?_sort=x",
    ):
        headers = shop.get(path.format(ref="1")).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        script = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
        assert "unsafe" not in script
        if path.startswith(("/fr", "/en")):
            assert policy == security.OUR_POLICY


def test_our_pages_ask_nothing_of_others(shop: Reader) -> None:
    for path in ("/fr/", f"/en{DIRECTOR}", "/fr/course/fun/1", "/en/data", "/en/search?q=nudge"):
        page = shop.page(path)
        loaded = [e.get("href") for e in page.cssselect("link[rel=stylesheet], link[rel=icon]")]
        assert all(address.startswith("/-/static-plugins/moocscout/") for address in loaded)
        assert not page.cssselect("img, iframe, video, object, style, [style], script[src]")
        for address in loaded:
            assert shop.get(address).status_code == 200


def test_pages_are_light(shop: Reader) -> None:
    assert len((WEB / "static" / "site.css").read_bytes()) < 25_000
    for path in ("/fr/", f"/fr{DIRECTOR}", "/fr/course/fun/1", "/fr/data", "/catalogue/course"):
        assert len(shop.get(path).content) < 100_000, path


CLOSED = (
    "/-/databases", "/-/databases.json", "/-/threads", "/-/threads.json", "/-/plugins.json",
    "/-/settings.json", "/-/config.json", "/-/databases/", "/-/permissions", "/-/actor.json",
    "/-/%64atabases", "/-/databases?x=/-/static",
)  # fmt: skip


def test_a_public_host_keeps_its_inside_to_itself(
    stock: Stock, reader: Callable[..., Reader]
) -> None:
    path = stock()
    public = reader(path, public=True)
    for address in CLOSED:
        answer = public.get(address)
        assert answer.status_code == 404, address
        assert "content-security-policy" in answer.headers
    for address in ("/catalogue?sql=select+1", "/catalogue/course?_where=1=1"):
        assert public.get(address).status_code == 403
    assert public.get("/catalogue/course?_facet=title").status_code == 400
    page = public.page("/catalogue/course")
    assert {"platform", "level", "language"} <= {
        facet.get("data-column") or facet.text_content().split()[0]
        for facet in page.cssselect(".facet-info-name")
    }
    assert len(public.page("/catalogue/open_now").cssselect("td.col-title")) > 0
    assert "View and edit SQL" not in words_of(page)
    folder = str(path.parent)
    for address in (*PAGES, *CLOSED, "/-/metadata.json", "/nope", "/catalogue/nope"):
        assert folder not in public.get(address.format(ref="1")).text, address


def test_only_a_public_host_lets_browsers_keep_pages(
    stock: Stock, reader: Callable[..., Reader]
) -> None:
    path = stock()
    assert "max-age=300" in reader(path, public=True).get("/fr/").headers["cache-control"]
    assert "cache-control" not in reader(path).get("/fr/").headers


def test_search_engines_keep_to_our_pages(shop: Reader) -> None:
    rules = shop.get("/robots.txt").text.splitlines()
    assert rules[0] == "User-agent: *"
    assert {"Disallow: /catalogue", "Disallow: /-/"} <= set(rules)
    assert "Disallow: /" not in rules


def test_a_private_host_opens_them(shop: Reader) -> None:
    assert shop.get("/-/databases.json").status_code == 200
    answer = shop.get("/catalogue.json?sql=select+count(*)+as+n+from+course&_shape=array")
    assert answer.json() == [{"n": 13}]


def test_who_may_not_see_the_database_may_not_see_our_pages(shop: Reader) -> None:
    shop.datasette._metadata_local["databases"]["catalogue"]["allow"] = {"id": "analyst"}
    for path in ("/fr/", "/en/search?q=nudge", "/fr/course/fun/1", DIRECTOR, "/catalogue"):
        assert shop.get(path).status_code == 403, path


def test_nothing_is_written(shop: Reader) -> None:
    database = shop.datasette.get_database("catalogue")
    path = Path(database.path)
    before = held(path)
    for address in PAGES:
        shop.get(address.format(ref="1"))
    with pytest.raises(StoreError, match="read-only"):
        shop.loop.run_until_complete(database.execute_write("delete from course"))
    assert held(path) == before


def test_any_file_name_is_served_as_the_catalogue(
    stock: Stock, reader: Callable[..., Reader], tmp_path: Path
) -> None:
    odd = tmp_path / "mon ?#%41 catalogue.sqlite"
    stock().rename(odd)
    shop = reader(odd)
    assert list(shop.datasette.databases) == ["_internal", "catalogue"]
    assert shop.get("/catalogue/course.json").json()["filtered_table_rows_count"] == 13


def test_readers_see_a_crawl_that_ends_meanwhile(
    stock: Stock, reader: Callable[..., Reader]
) -> None:
    shop = reader(stock(course(), day="2026-11-15"))
    assert "1 cours" in words_of(shop.page("/fr/")).replace("\xa0", " ")
    stock(course(), course("2", title="Le neuromarketing"), day=DAY)
    assert "Le neuromarketing" in words_of(shop.page("/fr/"))
    assert len(shop.page(f"/fr{DIRECTOR}").cssselect(".card")) == 2
    assert shop.get("/catalogue/course.json").json()["filtered_table_rows_count"] == 2


def test_on_another_database_the_plugin_sleeps(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("create table dog (name text)")
    loop = asyncio.new_event_loop()
    other = Reader(Datasette([str(path)]), loop)
    home = other.get("/")
    assert home.status_code == 200
    assert "other" in home.text
    assert "moocscout" not in home.text
    assert "content-security-policy" not in home.headers
    assert other.get("/recommend").status_code == 404
    assert other.get("/other/dog").status_code == 200
    loop.close()


# Colours that can be read


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


READ_ON = {
    "ink": ("paper", "card", "wash", "gold-wash", "accent-wash", "bad-wash"),
    "soft": ("paper", "card", "wash", "accent-wash"),
    "accent": ("paper", "card", "wash", "accent-wash"),
    "accent-ink": ("accent",),
    "gold": ("paper", "card", "gold-wash"),
    "bad": ("bad-wash", "card"),
}


def test_text_has_contrast_in_light_and_dark() -> None:
    sheet = (WEB / "static" / "site.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light))
    night = colours | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark))
    for scheme in (colours, night):
        for ink, papers in READ_ON.items():
            for paper in papers:
                assert contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)


# Small parts


@pytest.mark.parametrize(
    ("lang", "figure", "said"),
    [("fr", 1234.5, "1\u202f234,5"), ("en", 1234.5, "1,234.5"), ("fr", 3.0, "3"), ("en", 20, "20")],
)
def test_figures(lang: str, figure: float, said: str) -> None:
    assert formats.Formats(texts.Words(lang)).number(figure) == said


def test_a_day_that_is_none_stays_as_it_is() -> None:
    french = formats.Formats(texts.Words("fr"))
    assert french.day("2027-01-01") == "1er\xa0janvier\xa02027"
    assert french.day("2027-13-01") == "2027-13-01"
    assert french.day(None) is None


@pytest.mark.parametrize(
    ("tag", "said"), [("fr", "anglais"), ("pt-BR", "portugais brésilien"), ("xx-zz", "xx-zz")]
)
def test_languages_by_name(tag: str, said: str) -> None:
    code = "en" if tag == "fr" else tag
    assert formats.Formats(texts.Words("fr")).language(code) == said
