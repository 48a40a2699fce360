"""The demo sites keep their promises: they speak as the real software does, traps and all."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import signal
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import attrs
import pytest
from parsel import Selector

from crawlers.demo import Fault
from crawlers.demo.offer import records

API = "/api/v1.0/courses/"
SCRAPY_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@attrs.frozen
class Got:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> Selector:
        return Selector(self.text)


def ask(site: Any, path: str, timeout: float = 10, method: str = "GET", **headers: str) -> Got:
    """One request without any manners of a client: no redirects, no cookies, no default Accept."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=timeout)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        return Got(response.status, response.headers, response.read())
    finally:
        connection.close()


def listing(site: Any, query: str = "limit=100&scope=objects", **headers: str) -> Any:
    return ask(site, f"{API}?{query}", Accept="application/json", **headers).json


def course_of(site: Any, ref: str, **headers: str) -> Any:
    return next(each for each in listing(site, **headers)["objects"] if each["id"] == ref)


def page_of(site: Any, ref: str) -> Selector:
    return ask(site, course_of(site, ref)["absolute_url"]).page


# --- Richie: the API and its traps


def test_api_answers_html_to_whoever_accepts_html(demo_site: Any) -> None:
    site = demo_site("fun")
    trapped = ask(site, f"{API}?limit=2", Accept=SCRAPY_ACCEPT)
    assert trapped.status == 200
    assert trapped.headers["Content-Type"].startswith("text/html")
    for accept in ("application/json", "*/*", "text/html;q=0.1,application/json"):
        assert ask(site, f"{API}?limit=2", Accept=accept).json["meta"]["count"] == 2
    assert ask(site, f"{API}?limit=2&format=json", Accept=SCRAPY_ACCEPT).json["meta"]["count"] == 2
    assert ask(site, f"{API}?format=json", Accept="text/html").status == 406


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "fr"),
        ({"Accept_Language": "fr"}, "fr"),
        ({"Accept_Language": "en"}, "en"),
        ({"Accept_Language": "en;q=0.4, fr;q=0.9"}, "fr"),
        ({"Accept_Language": "de"}, "fr"),
        ({"Accept_Language": "fr", "Cookie": "django_language=en"}, "en"),
    ],
)
def test_language_comes_from_cookie_before_header(
    demo_site: Any, headers: dict[str, str], language: str
) -> None:
    site = demo_site("fun")
    nudge = course_of(site, "11021", **headers)
    assert nudge["duration"] == {"fr": "5 semaines", "en": "5 weeks"}[language]
    assert nudge["absolute_url"].startswith(f"/{language}/")
    assert (
        nudge["state"]["text"]
        == {"fr": "ouvert à l'inscription", "en": "open for enrollment"}[language]
    )


def test_every_answer_sets_the_cookie(demo_site: Any) -> None:
    site = demo_site("fun")
    for path, language in [
        (f"{API}?limit=1", "en"),
        ("/fr/cours/", "fr"),
        ("/sitemap.xml", "fr"),
        ("/nowhere/", "en"),
    ]:
        got = ask(site, path, Accept_Language="en")
        assert got.headers["Set-Cookie"].startswith(f"django_language={language};"), path


def test_paging_walks_the_whole_list_once(demo_site: Any) -> None:
    site = demo_site("fun")
    seen: list[str] = []
    while True:
        answer = listing(site, f"limit=7&offset={len(seen)}&scope=objects")
        if not answer["meta"]["count"]:
            break
        assert answer["meta"]["offset"] == len(seen)
        seen += [each["id"] for each in answer["objects"]]
    assert len(seen) == len(set(seen)) == answer["meta"]["total_count"]
    assert answer["objects"] == []
    assert ask(site, API, Accept="*/*").json["meta"]["count"] == min(10, len(seen))
    assert "filters" not in listing(site)
    assert "objects" not in listing(site, "scope=filters")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "offset=-1", "query=ab", "query=" + "x" * 101]
)
def test_what_the_api_does_not_take_is_400(demo_site: Any, query: str) -> None:
    got = ask(demo_site("fun"), f"{API}?{query}", Accept="application/json")
    assert got.status == 400
    assert list(got.json["errors"]) == [query.split("=", maxsplit=1)[0]]


def test_odd_addresses(demo_site: Any) -> None:
    site = demo_site("fun")
    for path, status, location in [
        ("/api/v1.0/courses?limit=1", 301, "/api/v1.0/courses/?limit=1"),
        ("/api/v2.0/courses/", 302, "/fr/api/v2.0/courses/"),
        ("/api/v1.0/subjects/9/", 302, "/fr/api/v1.0/subjects/9/"),
        ("/fr/api/v2.0/courses/", 404, None),
        ("/api/v1.0/courses/11021/", 500, None),
        ("/api/v1.0/course-runs/", 403, None),
        ("/api/v1.0/courses/autocomplete/", 400, None),
        ("/", 302, "/fr/"),
        ("/fr/cours/rien/", 404, None),
    ]:
        got = ask(site, path)
        assert (got.status, got.headers["Location"]) == (status, location), path
    assert ask(site, "/api/v1.0/subjets/").json["objects"] == []


def test_vocabularies_name_every_id_and_are_paged(demo_site: Any) -> None:
    site = demo_site("fun")
    names: dict[str, dict[str, str]] = {}
    for kind in ("subjects", "levels", "organizations", "persons", "licences"):
        answer = ask(site, f"/api/v1.0/{kind}/?limit=100").json
        names[kind] = {each["id"]: each["title"] for each in answer["objects"]}
        assert len(names[kind]) == answer["meta"]["total_count"]
    assert ask(site, "/api/v1.0/organizations/").json["meta"]["count"] <= 10
    for each in listing(site)["objects"]:
        assert set(each["categories"]) <= {*names["subjects"], *names["levels"]}
        assert set(each["organizations"]) <= set(names["organizations"])
    english = ask(site, "/api/v1.0/levels/", Accept_Language="en").json["objects"]
    assert "Beginner" in {each["title"] for each in english}


def test_states_and_dates_are_counted_from_the_day(demo_site: Any) -> None:
    day = dt.date(2027, 3, 1)
    early = course_of(demo_site("fun", day=str(day)), "11021")["course_runs"]
    late = course_of(demo_site("fun", day=str(day + dt.timedelta(days=10))), "11021")["course_runs"]
    for before, after in zip(early, late, strict=True):
        apart = dt.datetime.fromisoformat(after["start"]) - dt.datetime.fromisoformat(
            before["start"]
        )
        assert abs(apart - dt.timedelta(days=10)) <= dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("ref", "priority", "text", "action", "days"),
    [
        ("11021", 0, "ouvert à l'inscription", "s’inscrire maintenant", None),
        ("11154", 0, "toujours ouvert", "s’inscrire maintenant", None),
        ("11052", 1, "débute le", "s’inscrire maintenant", 24),
        ("11068", 2, "termine le", "étudier maintenant", 200),
        ("11113", 3, "débute le", None, 45),
        ("11220", 4, "inscription fermée", None, None),
        ("11034", 5, "en cours", None, None),
        ("11198", 6, "archivé", None, None),
        ("11274", 6, "archivé", None, None),
        ("11224", 7, "à programmer", None, None),
        ("11321", 7, "à programmer", None, None),
    ],
)
def test_states(
    demo_site: Any, ref: str, priority: int, text: str, action: str | None, days: int | None
) -> None:
    said = course_of(demo_site("fun"), ref)["state"]
    assert (said["priority"], said["text"], said["call_to_action"]) == (priority, text, action)
    if days is None:
        assert said["datetime"] is None
    else:
        stated = dt.datetime.fromisoformat(said["datetime"])
        wanted = dt.datetime(2026, 11, 22, tzinfo=dt.UTC) + dt.timedelta(days=days)
        assert abs(stated - wanted) < dt.timedelta(days=1)


def test_list_has_no_null_dates_and_the_page_has(demo_site: Any) -> None:
    site = demo_site("fun")
    for each in listing(site)["objects"]:
        for run in each["course_runs"]:
            assert all(run[key] for key in ("start", "end", "enrollment_start", "enrollment_end"))
    endless = demo_site("nau")
    assert course_of(endless, "3014")["course_runs"][0]["end"] == "9999-12-31T00:00:00+00:00"
    props = page_of(endless, "3014").css(".richie-react--syllabus-course-runs-list")
    assert json.loads(props.attrib["data-props"])["courseRuns"][0]["end"] is None


def test_price_is_a_number_in_the_api_and_a_string_on_the_page(demo_site: Any) -> None:
    site = demo_site("fun")
    assert course_of(site, "11080")["price"] == 390.0
    props = page_of(site, "11080").css(".richie-react--syllabus-course-runs-list")
    run = json.loads(props.attrib["data-props"])["courseRuns"][0]
    assert (run["price"], run["discounted_price"]) == ("390.00", "331.50")
    # 00:00 in Paris is the day before in UTC.
    assert run["start"].endswith("T00:00:00+01:00")
    assert "T23:00:00+00:00" in course_of(site, "11080")["course_runs"][0]["start"]


def test_twin_pages(demo_site: Any) -> None:
    site = demo_site("fun")
    french = course_of(site, "11021")["absolute_url"]
    english = course_of(site, "11021", Accept_Language="en")["absolute_url"]
    alternates = ask(site, french).page.css("link[rel=alternate]")
    assert {each.attrib["hreflang"]: each.attrib["href"] for each in alternates} == {
        "fr": site.url + french,
        "en": site.url + english,
    }
    moved = ask(site, french.replace("/fr/", "/en/"))
    assert (moved.status, moved.headers["Location"]) == (302, english)
    only_french = course_of(site, "11034", Accept_Language="en")["absolute_url"]
    assert only_french.startswith("/en/cours/")
    assert ask(site, only_french).status == 200


def test_snapshots_are_in_the_sitemap_and_want_no_index(demo_site: Any) -> None:
    site = demo_site("fun")
    snapshot = course_of(site, "11102")["absolute_url"] + "archive/"
    page = ask(site, snapshot).page
    assert page.css("meta[name=robots]::attr(content)").get() == "noindex"
    assert snapshot in ask(site, "/sitemap.xml").text
    assert "11329" not in {each["id"] for each in listing(site)["objects"]}
    assert "/fr/cours/storytelling-seance-de-rattrapage/" in ask(site, "/sitemap.xml").text


def test_sitemap_names_pages_that_exist(demo_site: Any) -> None:
    site = demo_site("fun")
    got = ask(site, "/sitemap.xml")
    assert got.headers["Last-Modified"]
    sitemap = Selector(got.text, type="xml")
    sitemap.remove_namespaces()
    addresses = sitemap.xpath("//loc/text()").getall()
    for address in addresses:
        assert ask(site, urlsplit(address).path).status == 200, address
    assert {site.url + each["absolute_url"] for each in listing(site)["objects"]} <= set(addresses)
    assert f"Sitemap: {site.url}/sitemap.xml" in ask(site, "/robots.txt").text


def test_portuguese_site(demo_site: Any) -> None:
    site = demo_site("nau")
    each = course_of(site, "3011")
    assert (each["duration"], each["effort"]) == ("4 semanas", "12 horas")
    assert each["absolute_url"].startswith("/pt/curso/")
    assert page_of(site, "3011").css(".characteristics__term::text").re("Ritmo: (.*)") == [
        "~3 horas/semana"
    ]


# --- Coursera


def test_coursera_robots_and_sitemaps(demo_site: Any) -> None:
    site = demo_site("coursera")
    robots = ask(site, "/robots.txt").text
    assert "Disallow: /api/" in robots
    assert f"Sitemap: {site.url}/sitemap.xml" in robots
    index = Selector(ask(site, "/sitemap.xml").text, type="xml")
    index.remove_namespaces()
    assert f"{site.url}/sitemap~www~courses.xml" in index.xpath("//sitemap/loc/text()").getall()
    courses = Selector(ask(site, "/sitemap~www~courses.xml").text, type="xml")
    courses.remove_namespaces()
    addresses = courses.xpath("//url/loc/text()").getall()
    assert len(addresses) == len(courses.xpath("//url/lastmod")) == len(records("coursera"))
    assert ask(site, urlsplit(addresses[0]).path).status == 200
    assert ask(site, "/learn/nothing-here").status == 404


def test_each_coursera_page_has_its_layer(demo_site: Any) -> None:
    site = demo_site("coursera")
    for record in records("coursera"):
        page = ask(site, f"/learn/{record['ref']}")
        nodes = [json.loads(each) for each in page.page.css("[type*=ld]::text").getall()]
        kinds = {each["@type"] for node in nodes for each in node.get("@graph", [node])}
        assert ("Course" in kinds) == (record["markup"] == "jsonld")
        assert ("BreadcrumbList" in kinds) == (record["markup"] == "state")
        assert ('"difficultyLevel"' in page.text) == (record["markup"] == "state")
        assert "FAQPage" in kinds
        assert len(page.body) > 50_000


def test_coursera_dom_is_in_the_reader_s_language(demo_site: Any) -> None:
    site = demo_site("coursera")
    path = "/learn/crowdsourcing-innovation"
    english = ask(site, path, Accept_Language="en").page
    assert english.xpath('//h2[text()="Skills you\'ll gain"]/following::ul[1]/li').getall()
    assert english.xpath('//h2[text()="What you\'ll learn"]/following::ul[1]/li/span').getall()
    assert english.css("div[data-e2e=key-information] div::text").re(r".* to complete")
    assert english.css("div[aria-label*=stars]")
    assert english.css("a[data-track-component=partner] span::text").get() == "Aldermoor University"
    french = ask(site, path, Accept_Language="fr-FR,fr;q=0.9").page
    assert not french.xpath('//h2[text()="Skills you\'ll gain"]')


def test_coursera_answers_304_to_who_has_the_page(demo_site: Any) -> None:
    path = "/learn/nudging-for-marketers"
    first = ask(demo_site("coursera"), path)
    again = demo_site("coursera")
    for header, value in [
        ("If_None_Match", first.headers["ETag"]),
        ("If_Modified_Since", first.headers["Last-Modified"]),
    ]:
        got = ask(again, path, **{header: value})
        assert (got.status, got.body) == (304, b""), header
    changed = demo_site("coursera", changed={"nudging-for-marketers": {"title": "Nudging"}})
    got = ask(changed, path, If_None_Match=first.headers["ETag"])
    assert (got.status, got.page.css("h1::text").get()) == (200, "Nudging")
    assert ask(changed, path, If_Modified_Since=first.headers["Last-Modified"]).status == 200


def test_coursera_catalogue_api(demo_site: Any) -> None:
    site = demo_site("coursera")
    first = ask(site, "/api/courses.v1?start=0&limit=4").json
    assert (first["paging"]["next"], first["paging"]["total"]) == ("4", len(records("coursera")))
    assert set(first["elements"][0]) == {"courseType", "id", "slug", "name"}
    second = ask(site, "/api/courses.v1?start=4&limit=1000").json
    assert second["paging"] == {}
    joined = ask(site, "/api/courses.v1?limit=1&fields=name,partnerIds&includes=partnerIds").json
    (ref,) = joined["elements"][0]["partnerIds"]
    assert joined["linked"]["partners.v1"][0]["id"] == ref
    assert ask(site, "/api/courses.v1?includes=partners.v1").json["linked"] == {}
    one = ask(site, "/api/courses.v1?q=slug&slug=crowdsourcing-innovation").json
    assert [each["slug"] for each in one["elements"]] == ["crowdsourcing-innovation"]
    assert ask(site, "/api/courses.v1?q=search&query=x").status == 405


# --- what a test may bend


def test_drop_and_withdrawn_take_courses_away(demo_site: Any) -> None:
    whole = {each["id"] for each in listing(demo_site("fun"))["objects"]}
    half = demo_site("fun", drop=0.5)
    assert len(listing(half)["objects"]) == pytest.approx(len(whole) / 2, abs=1)
    site = demo_site("fun", withdrawn={"11021"})
    assert {each["id"] for each in listing(site)["objects"]} == whole - {"11021"}
    assert (
        ask(site, "/fr/cours/le-nudge-en-pratique-orienter-les-choix-sans-contraindre/").status
        == 404
    )
    # Nothing else changes its number when one goes.
    assert (
        course_of(site, "11047")["categories"] == course_of(demo_site("fun"), "11047")["categories"]
    )


def test_changed_fields_show_everywhere(demo_site: Any) -> None:
    bent = {"11080": {"title": "Autre titre", "sessions.0.price": 410, "sessions.0.start": 47}}
    site = demo_site("fun", changed=bent)
    each = course_of(site, "11080")
    assert (each["title"], each["price"]) == ("Autre titre", 410.0)
    assert page_of(site, "11080").css("h1::text").get() == "Autre titre"
    assert records("fun")[0]["title"] != "Autre titre"


def test_announce_duplicates_and_overlap(demo_site: Any) -> None:
    total = len([each for each in records("fun") if each.get("listed", True)])
    assert listing(demo_site("fun", announce=999))["meta"]["total_count"] == 999
    doubled = listing(demo_site("fun", duplicate_ids=2))["objects"]
    assert (len(doubled), len({each["id"] for each in doubled})) == (total + 2, total)

    def walk(site: Any) -> list[str]:
        pages = [listing(site, f"limit=5&offset={offset}") for offset in range(0, total, 5)]
        return [each["id"] for page in pages for each in page["objects"]]

    site = demo_site("fun", overlap=1)
    first, second = walk(site), walk(site)
    assert len(first) == total > len(set(first))
    assert len(second) == len(set(second)) == total


def test_shifting_order_shows_other_courses_on_the_same_page(demo_site: Any) -> None:
    site = demo_site("fun", shifting=True)
    orders = {tuple(each["id"] for each in listing(site)["objects"]) for _ in range(3)}
    assert len(orders) > 1
    assert len({tuple(sorted(order)) for order in orders}) == 1


# --- faults


@pytest.mark.parametrize(
    ("kind", "status"), [("http_404", 404), ("http_500", 500), ("http_503", 503), ("http_429", 429)]
)
def test_fault_strikes_so_many_times_and_then_recovers(
    demo_site: Any, kind: Any, status: int
) -> None:
    site = demo_site("fun", faults=[Fault(r"offset=3\b", kind, times=2, seconds=7)])
    target = f"{API}?limit=3&offset=3"
    got = [ask(site, target, Accept="*/*") for _ in range(3)]
    assert [each.status for each in got] == [status, status, 200]
    assert got[0].headers["Retry-After"] == ("7" if status == 429 else None)
    assert ask(site, f"{API}?limit=3&offset=0").status == 200


def test_faults_of_body_and_connection(demo_site: Any) -> None:
    kinds = ("truncated", "bad_json", "html_for_json", "redirect_loop", "slow", "timeout")
    site = demo_site("fun", faults=[Fault(f"[?&]as={kind}", kind, seconds=0.05) for kind in kinds])  # type: ignore[arg-type]

    def struck(kind: str) -> Got:
        return ask(site, f"{API}?as={kind}", Accept="*/*")

    with pytest.raises(http.client.IncompleteRead):
        struck("truncated")
    with pytest.raises(json.JSONDecodeError):
        _ = struck("bad_json").json
    assert struck("html_for_json").headers["Content-Type"].startswith("text/html")
    loop = struck("redirect_loop")
    assert (loop.status, loop.headers["Location"]) == (302, f"{API}?as=redirect_loop")
    assert struck("slow").json["meta"]["count"]
    with pytest.raises(http.client.RemoteDisconnected):
        struck("timeout")


def test_head_leaves_the_connection_clean(demo_site: Any) -> None:
    site = demo_site("coursera")
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
    try:
        for method, size in (("HEAD", 0), ("GET", len(ask(site, "/robots.txt").body))):
            connection.request(method, "/robots.txt")
            assert len(connection.getresponse().read()) == size
    finally:
        connection.close()


def test_requests_are_kept_and_head_has_no_body(demo_site: Any) -> None:
    site = demo_site("coursera")
    got = ask(site, "/robots.txt", method="HEAD", User_Agent="somebody")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["Content-Length"]) > 0
    assert site.paths() == ["/robots.txt"]
    assert (site.requests[0].method, site.requests[0].headers["user-agent"]) == ("HEAD", "somebody")
    assert ask(site, "/robots.txt", method="POST").status == 405


def test_people_can_look_at_it() -> None:
    command = [sys.executable, "-m", "crawlers.demo", "--platform", "nau", "--day", "2026-11-22"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            with urlopen(f"{address}/pt/cursos/") as response:
                assert "economia comportamental" in response.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode == 0
