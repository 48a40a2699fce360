"""The pages that recommend, compare and browse, through the real client on a real catalogue."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import attrs
import icalendar
import lxml.html
import pytest

from catalogue.course import Course, Quote, Session
from catalogue.options import ACCESS
from recommend import index, profile, rank, render
from recommend.serving import application
from recommend.web import changes, facts, marking
from recommend.web.texts import Words

Stock = Callable[..., Path]
DAY = "2026-11-22"
DIRECTOR = "/fr/recommend?profile=directeur-marketing"


@attrs.define
class Reader:
    """Asks a Datasette as a browser does, and follows where it leads."""

    datasette: Any
    loop: asyncio.AbstractEventLoop

    def get(self, path: str) -> Any:
        answer = self.datasette.client.get(path, follow_redirects=True)
        return self.loop.run_until_complete(answer)

    def page(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return lxml.html.fromstring(answer.text)


@pytest.fixture
def reader() -> Iterator[Callable[[Path], Reader]]:
    loop = asyncio.new_event_loop()
    yield lambda path: Reader(application(path, day=DAY), loop)
    loop.close()


@pytest.fixture
def shop(stock: Stock, reader: Callable[[Path], Reader]) -> Reader:
    """The shelf's courses with their index."""
    path = stock()
    index.ensure(path).close()
    return reader(path)


def words_of(page: Any) -> str:
    return " ".join(page.text_content().split())


def titles(page: Any) -> list[str]:
    return [title.text for title in page.cssselect(".card h2 a")]


def addresses(page: Any) -> list[str]:
    return [link.get("href") for link in page.cssselect(".card h2 a")]


def course(ref: str = "1", **facts: Any) -> Course:
    known = {
        "platform": "fun",
        "url": f"https://fun.example/{ref}",
        "title": "Le nudge en pratique",
        "language": "fr",
    }
    return Course(ref=ref, **(known | facts))


def submitted(page: Any, **changes: str) -> str:
    """The address that the profile's form asks for, with some fields changed."""
    form = page.cssselect(".panel form")[0]
    for name, value in changes.items():
        form.fields[name] = value
    return f"{form.get('action')}?{urlencode(form.form_values())}"


def two_days(**facts: Any) -> Course:
    """A course of two days at a session's dates."""
    dates = Session(
        ref="s", start="2026-12-17", end="2026-12-18", enrolment_start="2026-11-01",
        enrolment_end="2026-12-10",
    )  # fmt: skip
    held = {"pace": "instructor", "weeks": 0.286, "total_hours": 14.0, "sessions": (dates,)}
    return course("two", **(held | facts))


def fact(page: Any, label: str) -> str:
    """A fact of the first card."""
    (said,) = page.xpath(f'(//*[@class="card"])[1]//dt[.="{label}"]/following-sibling::dd')
    return str(said.text_content())


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["Durée: 2 jours", "Charge: 14 h en tout", "Se termine: 18 décembre 2026"]),
        ("en", ["Length: 2 days", "Workload: 14 h in all", "Ends: 18 December 2026"]),
    ],
)
def test_what_is_over_within_a_week_is_told_in_days_and_hours_in_all(
    stock: Stock, reader: Callable[[Path], Reader], lang: str, said: list[str]
) -> None:
    site = reader(stock(two_days(), course("own", pace="self", total_hours=3.0)))
    page = site.page(f"/{lang}/recommend?wants=nudge&hours=3")
    for each in said:
        label, value = each.split(": ")
        assert fact(page, label).replace("\xa0", " ") == value
    whole = words_of(page).replace("\xa0", " ")
    assert "49" not in whole
    assert ("Fini le" if lang == "fr" else "Done by") in whole
    about = words_of(site.page(f"/{lang}/course/fun/two")).replace("\xa0", " ")
    assert said[0].split(": ")[1] in about
    assert "par semaine" not in about
    assert "charge" not in about.partition("La page ne précise pas")[2].partition(".")[0]
    assert ("14 h en tout" if lang == "fr" else "14 h in all") in words_of(
        site.page(f"/{lang}/memo?wants=nudge&hours=3")
    ).replace("\xa0", " ")


@pytest.mark.parametrize("access", [*ACCESS, None])
@pytest.mark.parametrize("price", [45.0, 0.0, None])
@pytest.mark.parametrize("billing", ["once", "month"])
def test_the_price_reads_as_the_command_says_it(
    access: str | None, price: float | None, billing: str
) -> None:
    row = {"access": access, "price": price, "billing": billing, "currency": "USD"}
    row |= {"certificate": None, "certificate_price": None}
    for lang in ("fr", "en"):
        assert facts.access(row, Words(lang)) == render._cost(row, lang)
    assert facts.access(row | {"access": "free_audit_limited", "price": 45.0}, Words("fr")) in (
        "gratuit avec limites, 45\xa0$ en entier",
        "gratuit avec limites, 45\xa0$ par mois en entier",
    )


# A profile in an address


def test_the_form_unchanged_is_the_roles_own_address(shop: Reader) -> None:
    answer = shop.get(submitted(shop.page(DIRECTOR)))
    assert answer.url.path == "/fr/recommend"
    assert answer.url.query == b"profile=directeur-marketing"


def test_only_what_was_changed_stands_in_the_address(shop: Reader) -> None:
    address = submitted(shop.page(DIRECTOR), hours="1", wants="nudge; CRM\nRGPD", budget="")
    asked = dict(parse_qsl(shop.get(address).url.query.decode()))
    assert asked == {
        "profile": "directeur-marketing",
        "wants": "nudge, CRM, RGPD",
        "hours": "1",
        "budget": "none",
    }


def test_the_address_alone_gives_the_same_form_and_list(shop: Reader) -> None:
    first = shop.get(
        submitted(shop.page(DIRECTOR), hours="2.5", weeks="", level="beginner", w_open="2")
    )
    again = shop.page(str(first.url.raw_path, "ascii"))
    assert titles(again) == titles(lxml.html.fromstring(first.text))
    fields = again.cssselect(".panel form")[0].fields
    shown = {name: fields[name] for name in ("hours", "weeks", "level", "w_open")}
    assert shown == {"hours": "2.5", "weeks": "", "level": "beginner", "w_open": "2"}
    assert submitted(again) != submitted(shop.page(DIRECTOR))


OWN = (
    'role = "Chargée d\'études"\nlanguage = "fr"\nwants = ["nudge"]\nreads = ["fr", "en"]\n'
    'text = """\nJ\'analyse le marketing ;\nje veux comprendre la fidélité, + 5 % & plus.\n"""\n'
)


def test_job_and_text_of_a_file_give_its_list_at_an_address(shop: Reader, tmp_path: Path) -> None:
    who = profile.parse(OWN, name="me", source="me.toml")
    shelf = index.filled(tmp_path / "catalogue.db")
    bare = attrs.evolve(who, role="", text="")
    scores, without = (
        [f"{match.score / 100:.2f}" for match in rank.rank(shelf.db, shelf, each, DAY).matches]
        for each in (who, bare)
    )
    shelf.close()
    assert scores != without
    empty = shop.page("/fr/recommend?wants=none")
    said = {"role": who.role, "text": who.text.replace("\n", "\r\n"), "wants": "nudge"}
    answer = shop.get(f"{submitted(empty, **said)}&reads=fr&reads=en")
    page = lxml.html.fromstring(answer.text)
    shown = [each.text for each in page.cssselect(".score strong")]
    assert [each.replace(",", ".").replace("−", "-") for each in shown] == scores
    assert page.cssselect("h1")[0].text == "Chargée d’études"
    asked = dict(parse_qsl(answer.url.query.decode()))
    assert asked["text"] == who.text.strip()
    (field,) = page.cssselect("textarea#text")
    (hint,) = page.cssselect("#text-hint")
    assert field.get("aria-describedby") == "text-hint"
    assert "dans l’adresse de la page" in hint.text
    assert "text" not in dict(parse_qsl(shop.get(submitted(page, text="")).url.query.decode()))
    english = shop.page(f"/en/recommend?{answer.url.query.decode()}").cssselect(".score strong")
    assert [each.text.replace("−", "-") for each in english] == scores


def test_a_role_s_own_text_is_in_no_address_and_may_be_left_out(shop: Reader) -> None:
    page = shop.page(DIRECTOR)
    (field,) = page.cssselect("textarea#text")
    lines = field.text.replace("\n", "\r\n")
    same = shop.get(submitted(page, text=f"{lines}\r\n"))
    assert same.url.query == b"profile=directeur-marketing"
    left = dict(parse_qsl(shop.get(submitted(page, text="", role="")).url.query.decode()))
    assert left == {"profile": "directeur-marketing", "role": "none", "text": "none"}
    assert shop.page("/en/recommend?text=none").cssselect("textarea#text")[0].text is None
    long = shop.get(f"/fr/recommend?text={'x' * 601}")
    assert (long.status_code, "600" in long.text) == (400, True)


@pytest.mark.parametrize(
    "query",
    [
        "reads=xx",
        "level=expert",
        "certificate=maybe",
        "platforms=nowhere",
        "budget=-1",
        "w_open=9",
        "wants=" + "x" * 601,
        "hours=nan",
        "profile=cmo&profile=crm",
        "hours=2&hours=3",
    ],
)
def test_what_cannot_be_meant_is_said(shop: Reader, query: str) -> None:
    answer = shop.get(f"{DIRECTOR}&{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in words_of(lxml.html.fromstring(answer.text))


def test_a_profile_of_ones_own(shop: Reader) -> None:
    page = shop.page("/en/recommend?wants=nudge,+neuromarketing&reads=fr,en&hours=3")
    assert titles(page)
    assert words_of(page.cssselect("h1")[0]) == "A profile of your own"
    assert "profile" not in page.cssselect(".panel form")[0].fields


# What moved


def test_what_moved_is_told_against_the_roles_own_list(shop: Reader) -> None:
    before = addresses(shop.page(DIRECTOR + "&top=6"))
    page = shop.page(DIRECTOR + "&top=6&wants=CRM,+RGPD&hours=8")
    after = addresses(page)
    assert after != before
    for at, card in enumerate(page.cssselect(".card")):
        address = card.cssselect("h2 a")[0].get("href")
        told = [moved.get("class").split()[1] for moved in card.cssselect(".moved")]
        if address not in before:
            assert told == ["new"]
        elif (was := before.index(address)) != at:
            assert told == ["up" if was > at else "down"]
            assert str(abs(was - at)) in card.cssselect(".moved")[0].text_content()
        else:
            assert told == []
    gone = [a.get("href") for a in page.cssselect(".left li > a")]
    assert gone == [address for address in before if address not in after]


def test_nothing_has_moved_in_the_roles_own_list(shop: Reader) -> None:
    page = shop.page(DIRECTOR)
    assert not page.cssselect(".moved, .left")


def test_matched_words_are_marked() -> None:
    terms = frozenset({"nudg", "econom comportemental"})
    runs = marking.marked("Les nudges de l’économie comportementale <b>", terms)
    assert "".join(text for text, _ in runs) == "Les nudges de l’économie comportementale <b>"
    assert [text for text, hit in runs if hit] == ["nudges", "économie", "comportementale"]


def test_the_telling_sentence_is_shown() -> None:
    passage = "Bienvenue ! " * 3 + "Le nudge oriente. " + "Et encore autre chose. " * 30
    runs = marking.excerpt(passage, frozenset({"nudg"}))
    text = "".join(words for words, _ in runs)
    assert text.startswith("… Le nudge oriente.")
    assert len(text) < 280
    assert marking.excerpt(None, frozenset()) == []


# Ways out


def test_an_empty_profile_is_asked_what_it_looks_for(shop: Reader) -> None:
    page = shop.page("/fr/recommend?wants=none")
    assert "Que cherchez-vous" in words_of(page)
    (first, *_) = page.cssselect(".list .chips a")
    assert titles(shop.page(first.get("href")))


def test_wishes_that_no_course_of_the_list_speaks_of_are_named(shop: Reader) -> None:
    asked = "wants=nudge,publics éloignés"
    said = words_of(shop.page(f"/fr/recommend?{asked}")).replace("\xa0", " ")
    assert "Souhaits dont aucun cours de cette liste ne parle : publics éloignés." in said
    assert "Wishes that no course" not in words_of(shop.page("/en/recommend?wants=nudge"))


def test_unheard_of_topics_lead_to_known_ones(shop: Reader) -> None:
    page = shop.page("/en/recommend?wants=zymurgistics")
    assert "holds these words: zymurgistics" in words_of(page)
    assert page.cssselect(".list .chips a")


def test_too_few_hours_lead_to_the_least(shop: Reader) -> None:
    page = shop.page(f"{DIRECTOR}&hours=0.5")
    way = next(w for w in page.cssselect(".way") if "par semaine" in words_of(w))
    (go,) = way.cssselect("a")
    hours = dict(parse_qsl(go.get("href").partition("?")[2]))["hours"]
    assert float(hours) > 0.5
    assert not [w for w in shop.page(go.get("href")).cssselect(".way") if "demande" in words_of(w)]


def test_a_language_that_no_course_has(stock: Stock, reader: Callable[[Path], Reader]) -> None:
    shop = reader(stock(course(language="en"), course("2", language="en", provider="B")))
    page = shop.page(f"{DIRECTOR}&reads=fr")
    (go,) = page.cssselect(".way a")
    assert "reads" not in go.get("href")


def long_and_short() -> list[Course]:
    """Three courses on nudging of 12 weeks, and one of 3 that only mentions it."""
    about = "Le nudge, toujours le nudge, et encore le nudge en magasin."
    long = [course(str(at), description=about, weeks=12.0 + at, provider=str(at)) for at in (0, 1)]
    other = "Une page sur les ports, la mer et le vent, avec un nudge."
    return [*long, course("3", title="La mer", description=other, weeks=3.0)]


def test_a_way_out_leads_to_a_list_with_a_course_that_fits(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    shop = reader(stock(*long_and_short()))
    (way,) = shop.page("/en/recommend?wants=nudge&weeks=2&top=2").cssselect(".way")
    said = words_of(way).replace("\xa0", " ")
    assert said.startswith("None of these courses fits into 2 weeks: the shortest takes 12 weeks.")
    (go,) = way.cssselect("a")
    assert go.text.replace("\xa0", " ") == "Accept 12 weeks"
    after = shop.page(go.get("href"))
    assert fact(after, "Length").replace("\xa0", " ") == "12 weeks"
    assert not after.cssselect(".way")


def test_a_way_out_is_as_near_as_a_new_list_allows(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    shop = reader(stock(*long_and_short()))
    way, *_ = shop.page("/en/recommend?wants=nudge&weeks=2&top=2&w_weeks=5&w_text=0.5").cssselect(
        ".way"
    )
    assert "Accept 3 weeks" in words_of(way).replace("\xa0", " ")
    after = shop.page(way.cssselect("a")[0].get("href"))
    lengths = [words_of(each).replace("\xa0", " ") for each in after.cssselect(".facts")]
    assert any("3 weeks" in each for each in lengths)


def test_nothing_is_claimed_of_courses_that_do_not_say(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    rate = {"weekly_hours_low": 5.0, "weekly_hours_high": 5.0}
    told = [course(str(at), provider=str(at), **rate) for at in range(2)]
    shop = reader(stock(*told, course("2"), course("3", provider="Quais")))
    (way,) = shop.page("/fr/recommend?wants=nudge&hours=1").cssselect(".way")
    said = words_of(way).replace("\xa0", " ")
    assert said.startswith("Parmi ces cours, aucun des 2 qui le précisent ne demande 1 h")
    more = [course(f"n{at}", title=f"Un nudge {at}", provider=f"P{at}") for at in range(3)]
    most_are_silent = reader(stock(*more)).page("/fr/recommend?wants=nudge&hours=1")
    assert len(titles(most_are_silent)) == 7
    assert not most_are_silent.cssselect(".way")


# Why not


def test_why_not_says_what_pushes_a_course_down(shop: Reader) -> None:
    far = titles(shop.page(DIRECTOR + "&top=50"))[-1]
    page = shop.page(f"/en{DIRECTOR[3:]}&top=2&why={far}")
    said = words_of(page.cssselect(".why-not")[0])
    assert far in said
    assert "Not in the list of 2;" in said
    assert "by score." in said
    assert "Against no. 2 in the list" in said
    inside = shop.page(f"{DIRECTOR}&why={titles(shop.page(DIRECTOR))[0]}")
    assert "1er de la liste" in words_of(inside.cssselect(".why-not")[0])


def test_what_pushes_a_course_down_is_told_by_size(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    facts = {"weekly_hours_low": 3.5, "weekly_hours_high": 3.5, "weeks": 60.0, "level": "beginner"}
    shop = reader(stock(course(language="es", **facts)))
    asked = "wants=nudge&hours=3&weeks=5&level=advanced&reads=en,fr&why=fun:1"
    page = shop.page(f"/en/recommend?{asked}")
    figures = [b.text.replace("−", "-") for b in page.cssselect(".why-not .against b")]
    assert len(figures) == 4
    assert figures == sorted(figures, key=float)


def test_why_not_asks_which_one(shop: Reader) -> None:
    page = shop.page(f"{DIRECTOR}&why=marketing")
    choices = page.cssselect(".why-not .lines a")
    assert len(choices) > 1
    assert "par le score." in words_of(shop.page(choices[0].get("href")).cssselect(".why-not")[0])
    unknown = shop.page(f"{DIRECTOR}&why=zymurgistics")
    assert "ne répond à" in words_of(unknown.cssselect(".why-not")[0])


def test_why_not_offers_the_change_that_would_bring_it_in(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    hours = {"weekly_hours_low": 9.0, "weekly_hours_high": 9.0}
    shop = reader(
        stock(
            course(weekly_hours_low=2.0, weekly_hours_high=2.0), course("2", language="en", **hours)
        )
    )
    page = shop.page("/fr/recommend?wants=nudge&hours=3&reads=en,fr&top=1&why=fun:2")
    (offered,) = page.cssselect(".why-not a.reason")
    assert offered.text.startswith("1er de la liste si")
    assert "9\u202fh" in offered.text.replace("\xa0", "\u202f")
    assert ("hours", "9") in parse_qsl(offered.get("href"))
    assert "1er de la liste" in words_of(shop.page(offered.get("href")).cssselect(".why-not")[0])


@pytest.mark.parametrize(
    ("facts", "limits", "word"),
    [
        ({"language": "es"}, "reads=fr", "espagnol"),
        ({"language": "eu"}, "reads=fr", "basque"),
        ({"weekly_hours_low": 70.0, "weekly_hours_high": 70.0}, "hours=30", "70 h"),
        ({"weeks": 150.0}, "weeks=60", "150 semaines"),
        ({"weeks": 600.0}, "weeks=60", "600 semaines"),
        ({"access": "paid", "price": 200_000.0, "currency": "EUR"}, "budget=900", "200 000 €"),
    ],
)
def test_every_change_that_is_a_link_has_an_address(
    stock: Stock, reader: Callable[[Path], Reader], facts: dict[str, Any], limits: str, word: str
) -> None:
    near = course("1", provider="A", weekly_hours_low=2.0, weekly_hours_high=2.0, weeks=2.0)
    far = course("2", title="Le nudge et le nudge par le nudge", provider="B", **facts)
    shop = reader(stock(near, far))
    heavy = "&".join(f"w_{name}=5" for name in ("language", "price", "hours", "weeks"))
    page = shop.page(f"/fr/recommend?wants=nudge&{limits}&top=1&{heavy}&why=fun:2")
    said = words_of(page.cssselect(".why-not")[0]).replace("\xa0", " ").replace("\u202f", " ")
    assert re.search(f"de la liste si vous [^·]*{word}", said)
    for offer in page.cssselect(".why-not a.reason"):
        shop.page(offer.get("href"))


def test_the_form_keeps_a_language_that_the_address_named(shop: Reader) -> None:
    page = shop.page("/fr/recommend?wants=nudge&reads=fr,es")
    assert "espagnol" in words_of(page.cssselect(".panel form")[0])
    again = parse_qsl(str(shop.get(submitted(page, hours="2")).url.query, "ascii"))
    assert ("reads", "fr,es") in again
    assert "espagnol" not in words_of(shop.page(DIRECTOR).cssselect(".panel form")[0])


def test_why_not_a_fourth_of_one_provider(stock: Stock, reader: Callable[[Path], Reader]) -> None:
    same = [course(str(at), title=f"Le nudge {at}", provider="Quais") for at in range(1, 6)]
    page = reader(stock(*same)).page(f"{DIRECTOR}&why=fun:5")
    (answer,) = page.cssselect(".why-not")
    assert "Elle a déjà, pour Quais" in words_of(answer)
    assert [link.text for link in answer.cssselect(".lines a")] == titles(page)


def test_why_not_claims_only_silence_that_is_certain(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    wishes = "comportement du consommateur,neuromarketing,publics éloignés,fidélisation,achat"
    english = course(title="Marketing and you", language="en", skills=("Consumer Behaviour",))
    others = [course(f"{at}0", title="Neuromarketing et fidélisation") for at in range(1, 4)]
    shop = reader(stock(english, *others))
    (answer,) = shop.page(f"/fr/recommend?wants={wishes}&top=1&why=fun:1").cssselect(".why-not")
    said = words_of(answer).replace("\xa0", " ")
    assert "Sa page n’a aucun mot de : neuromarketing, fidélisation, achat." in said
    for unsure in ("consommateur", "publics éloignés"):
        assert unsure not in said.partition("aucun mot")[2]


# A course and its neighbours


def test_a_course_leads_to_its_neighbours_and_roles(shop: Reader) -> None:
    path = shop.page(DIRECTOR).cssselect(".card h2 a")[0].get("href")
    page = shop.page(path)
    (first, *_) = page.cssselect(".places li")
    assert first.cssselect(".place")[0].text == "1ᵉʳ"
    near = page.cssselect("#near-title ~ .lines li > a")
    assert near
    assert path not in [a.get("href") for a in near]
    for link in page.cssselect(".places a, #near-title ~ .lines a"):
        shop.page(link.get("href"))


def test_the_same_course_elsewhere_says_what_is_better(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    paid = course(provider="Quais", access="paid", price=49.0, currency="EUR")
    soon = Session(ref="s", start="2026-12-10", enrolment_start="2026-11-01")
    free = course(
        platform="nau", provider="Quais", access="free_full", price=0.0, currency="EUR",
        sessions=(soon,),
    )  # fmt: skip
    path = stock(paid, free)
    index.ensure(path).close()
    shop = reader(path)
    dear = shop.page("/fr/course/fun/1").cssselect("#same-title ~ .lines .better")
    assert [each.text for each in dear] == ["moins cher"]
    said = [words_of(each) for each in shop.page(f"{DIRECTOR}&platforms=fun").cssselect(".also")]
    assert said == ["Aussi sur NAU (gratuit · ouvert, commence le 10 décembre 2026)"]
    assert not shop.page("/fr/course/nau/1").cssselect("#same-title ~ .lines .better")


def test_the_digest_tells_a_course_once_and_where_else_it_is(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    dear = course(platform="nau", provider="Quais", access="paid", price=900.0, currency="EUR")
    path = stock(course(provider="Quais", access="free_full"), dear)
    index.ensure(path).close()
    page = reader(path).page(f"/fr/digest?wants=nudge&budget=10&since={DAY}")
    (news,) = page.cssselect(".news li")
    assert "Aussi sur NAU (900 €)" in words_of(news).replace("\xa0", " ")
    assert "Raisons : nudge" in words_of(news).replace("\xa0", " ")


# Compare


def test_compare_shows_what_differs(stock: Stock, reader: Callable[[Path], Reader]) -> None:
    shop = reader(
        stock(
            course(weeks=4.0, level="beginner", rating=4.5, rating_count=9),
            course("2", title="Le neuromarketing", weeks=6.0, level="beginner"),
        )
    )
    page = shop.page("/en/compare?c=fun:1&c=fun:2&c=fun:none")
    parts = page.cssselect(".compare tbody")
    differ = {row.cssselect("th")[0].text: row for row in parts[0].cssselect("tr")[1:]}
    assert {"Length", "Rating"} <= set(differ)
    assert "Level" not in differ
    cells = differ["Length"].cssselect("td")
    assert [cell.get("class") for cell in cells] == ["best", None]
    assert "Level" in [th.text for th in parts[1].cssselect("th")]
    assert "Not found: fun:none" in words_of(page)
    assert len(shop.page(page.cssselect(".remove")[0].get("href")).cssselect(".remove")) == 1


def test_a_range_is_shown_with_its_words(stock: Stock, reader: Callable[[Path], Reader]) -> None:
    words = Quote(words="1 - 3 Months", source="dom")
    ends: dict[str, Any] = {"weeks_low": 4.348, "weeks_high": 13.045}
    vague = course(**ends, total_hours_high=9.0, quotes=dict.fromkeys(ends, words))
    shop = reader(stock(vague, course("2", title="Le neuromarketing", weeks=6.0)))
    page = words_of(shop.page("/fr/course/fun/1")).replace("\xa0", " ")
    assert "1 à 3 mois" in page
    assert page.count("1 - 3 Months") == 1
    assert "9 h au plus" in page
    assert "1 to 3 months" in words_of(shop.page("/en/search?q=nudge")).replace("\xa0", " ")
    length = shop.page("/en/compare?c=fun:1&c=fun:2").xpath("//tr[th='Length']/td")
    assert [words_of(cell).replace("\xa0", " ") for cell in length] == [
        "1 to 3 months", "6 weeks (best)",
    ]  # fmt: skip


def test_compare_takes_four_and_helps_with_words(shop: Reader) -> None:
    keys = [box.get("value") for box in shop.page(DIRECTOR).cssselect('input[name="c"]')]
    assert len(keys) > 5
    page = shop.page("/fr/compare?" + "&".join(f"c={key}" for key in keys[:6]))
    assert len(page.cssselect(".remove")) == 4
    assert "les quatre premiers" in words_of(page)
    assert shop.page("/fr/compare?c=marketing").cssselect("main .lines a")
    assert "de deux à quatre" in words_of(shop.page("/fr/compare"))


def test_compare_marks_the_best_as_the_page_writes_them(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    shop = reader(
        stock(
            course(total_hours=10.0, rating=4.52),
            course("2", title="Le neuromarketing", total_hours=10.04, rating=4.49),
            course("3", title="La fidélité", total_hours=12.0, rating=4.1),
        )
    )
    three = shop.page("/fr/compare?c=fun:1&c=fun:2&c=fun:3")
    best = {row.cssselect("th")[0].text: row.cssselect("td.best") for row in three.iter("tr")}
    assert [words_of(each) for each in best["Effort total"]] == ["10 h (meilleure valeur)"] * 2
    assert len(best["Note"]) == 2
    assert not shop.page("/fr/compare?c=fun:1&c=fun:2").cssselect(".best")


# Changes


@pytest.fixture
def week(stock: Stock, reader: Callable[[Path], Reader]) -> Reader:
    """Two crawls: a price rose, dates moved, a title changed, one left and one came."""
    old = course(
        price=39.0, currency="EUR", sessions=(Session(ref="s", start="2026-12-01"),), provider="A"
    )
    others = [course(str(n), title=f"Botanique {n}", provider=f"P{n}") for n in range(3, 10)]
    gone = course("2", title="Le neuromarketing")
    stock(old, gone, *others, day="2026-11-15")
    new = attrs.evolve(old, price=45.0, sessions=(Session(ref="s", start="2026-12-08"),))
    others[0] = attrs.evolve(others[0], title="Botanique alpine")
    came = course("20", title="Le crowdsourcing", provider="B")
    return reader(stock(new, came, *others, day=DAY))


def test_changes_are_grouped(week: Reader) -> None:
    page = week.page("/fr/changes?since=2026-11-16")
    groups = {s.get("id"): words_of(s) for s in page.cssselect("main section")}
    assert set(groups) == {"new", "gone", "price", "dates", "title"}
    assert "Le crowdsourcing" in groups["new"]
    assert "Le neuromarketing" in groups["gone"]
    assert "Prix en hausse 45 € avant : 39 €" in groups["price"]
    assert "8 décembre 2026" in groups["dates"]
    assert "Botanique alpine" in groups["title"]
    assert words_of(page) == words_of(week.page("/fr/changes"))


def test_changes_for_a_profile_are_those_that_matter(week: Reader) -> None:
    page = week.page("/fr/changes?since=2026-11-16&profile=directeur-marketing")
    said = words_of(page.cssselect("main")[0])
    assert "Le neuromarketing" in said
    assert "Le crowdsourcing" in said
    assert "Botanique" not in said


def test_changes_that_are_too_many_are_said_to_be_and_hide_none_of_a_profiles(
    week: Reader, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as db, db:
        (botany,) = db.execute("select id from course where ref = '5'").fetchone()
        db.executemany(
            "insert into change (course_id, crawl_id, day, field, new)"
            " select ?, max(id), ?, 'back', ? from crawl",
            [(botany, DAY, str(at)) for at in range(changes.READ + 9)],
        )
    page = words_of(week.page("/fr/changes?since=2026-11-16"))
    assert "De retour au moins 4 000" in page
    assert "et au moins 3 970 autres" in page
    assert "plus que les 4 000 derniers changements" in page
    mine = words_of(week.page("/fr/changes?since=2026-11-16&profile=directeur-marketing"))
    assert "Le crowdsourcing" in mine
    assert "Le neuromarketing" in mine
    assert "au moins" not in mine


def test_changes_take_a_day(week: Reader) -> None:
    assert "Rien n’a changé" in words_of(week.page("/fr/changes?since=2026-12-01"))
    assert week.get("/fr/changes?since=hier").status_code == 400
    assert week.get("/fr/changes?profile=nobody").status_code == 400


@pytest.mark.parametrize(
    ("what", "value", "said"),
    [
        ("language", "en", "anglais"),
        ("weeks", "0.286", "2 jours"),
        ("weeks", "6.0", "6 semaines"),
        ("total_hours", "14.0", "14 h"),
        ("weeks_high", "8.0", "8 semaines"),
        ("total_hours_low", "14.0", "14 h"),
        ("weekly_hours_low", "2.5", "2,5 h par semaine"),
        ("access", "free_audit_limited", "gratuit avec limites"),
        ("level", "beginner", "débutant"),
        ("title", "3.5", "3.5"),
    ],
)
def test_a_changed_value_is_no_key_of_ours(what: str, value: str, said: str) -> None:
    event = {"what": what, "currency": None}
    read = changes.value_of(event, value, Words("fr")) or ""
    assert read.replace("\xa0", " ") == said


def test_a_sessions_line_in_words() -> None:
    line = "2026-11-16/2026-12-14, enrolment 2026-10-13/2026-12-04, 49.5 EUR, certificate 0 EUR"
    said = changes.session_line(line, Words("en")).replace("\xa0", " ")
    assert said == (
        "16 November 2026 → 14 December 2026, enrolment 13 October 2026 → 4 December 2026,"
        " €49.50, certificate free"
    )


# Calendar


@pytest.fixture
def dated(stock: Stock, reader: Callable[[Path], Reader]) -> Reader:
    session = Session(ref="s", start="2026-12-07", enrolment_end="2026-12-20")
    past = Session(ref="p", start="2026-10-05")
    return reader(stock(course(sessions=(session, past)), course("2", title="Sans date")))


def test_the_calendar_shows_a_month(dated: Reader) -> None:
    page = dated.page("/fr/calendar?month=2026-12")
    assert words_of(page.cssselect("h1")[0]) == "décembre 2026"
    marked = [a.get("href") for a in page.cssselect(".month-grid a")]
    assert marked == ["#d2026-12-07", "#d2026-12-20"]
    assert all(page.cssselect(f'[id="{href[1:]}"]') for href in marked)
    months = [a.get("href") for a in page.cssselect(".months a")]
    assert months == ["/fr/calendar?month=2026-11", "/fr/calendar?month=2027-01"]
    assert "Aucune date" in words_of(dated.page(months[1]))
    assert dated.get("/fr/calendar?month=2026-13").status_code == 400


@pytest.mark.parametrize("query", ["month=2026-12", "course=fun:1"])
def test_a_calendar_file_holds_the_same_dates(dated: Reader, query: str) -> None:
    answer = dated.get(f"/fr/calendar.ics?{query}")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    starts = sorted(str(event["dtstart"].dt) for event in events)
    assert starts == ["2026-12-07", "2026-12-20"]
    assert dated.get("/fr/calendar.ics?course=fun:none").status_code == 404


# Topics and browsing


def test_a_topic_leads_to_as_many_courses_as_it_counts(shop: Reader) -> None:
    page = shop.page("/fr/topics")
    rows = page.cssselect(".radar tbody tr")
    assert rows
    for row in rows:
        count, french, english, opened = (int(cell.text) for cell in row.cssselect(".num"))
        hits = shop.page(row.cssselect("a")[0].get("href")).cssselect(".hits li")
        assert len(hits) == count >= max(french, english, opened)
    wanted = words_of(page.cssselect(".gaps")[0])
    assert "aucun cours" in wanted


def test_a_topic_counts_a_course_once_under_all_its_names(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    same = {"title": "Vendre en grande distribution", "provider": "Quais"}
    soon = Session(ref="s", start="2026-12-10", enrolment_start="2026-11-01")
    english = course("2", title="Retail today", language="en", provider="Harbour")
    path = stock(
        course(**same), course(platform="nau", sessions=(soon,), **same),
        english, course("3", title="Nudge", sessions=(soon,)),
    )  # fmt: skip
    index.ensure(path).close()
    shop = reader(path)
    rows = {
        words_of(row.cssselect("a")[0]): row
        for row in shop.page("/fr/topics").cssselect(".radar tr")
        if row.cssselect("a")
    }
    row = rows["grande distribution"]
    assert [cell.text for cell in row.cssselect(".num")] == ["2", "1", "1", "1"]
    assert "aussi\xa0: retail, supermarket" in row.text_content()
    hits = shop.page(row.cssselect("a")[0].get("href")).cssselect(".hits a")
    found = {link.get("href") for link in hits if "/course/" in link.get("href")}
    assert found == {"/fr/course/nau/1", "/fr/course/fun/2"}
    home = words_of(shop.page("/fr/"))
    assert "sous leurs noms français et anglais" in home
    assert "y compte deux fois" in home


def test_topics_rise_and_fade(week: Reader) -> None:
    page = week.page("/en/topics")
    moving = {
        words_of(li.cssselect("a")[0]): words_of(li.cssselect(".quiet")[0])
        for li in page.cssselect(".moving")
    }
    assert moving["crowdsourcing"] == "1 new, 0 gone"
    assert moving["neuromarketing"] == "0 new, 1 gone"


def test_the_home_page_can_be_browsed(shop: Reader) -> None:
    page = shop.page("/en/")
    links = [a.get("href") for a in page.cssselect("#browse a")]
    assert {re.sub(r"=.*", "", link.partition("?")[2]) for link in links} == {
        *("", "topic", "provider", "language", "open"),
    }
    for link in links:
        found = shop.page(link)
        assert found.cssselect(".hits li, .radar tr"), link
    foot = words_of(page.cssselect("footer")[0])
    for promise in ("No commission", "No tracker", "No account", "22 November 2026"):
        assert promise in foot.replace("\xa0", " ")


def test_filters_join_and_can_be_dropped(shop: Reader) -> None:
    page = shop.page("/en/search?q=marketing&language=fr&platform=fun")
    assert (
        0
        < len(page.cssselect(".hits li"))
        < len(shop.page("/en/search?q=marketing").cssselect(".hits li"))
    )
    dropped = [a.get("href") for a in page.cssselect(".filters a")]
    assert "/en/search?q=marketing&platform=fun" in dropped
    assert not shop.page("/en/search?topic=nothing").cssselect(".hits li")


@pytest.mark.parametrize(("said", "status"), [("yes", 200), ("1", 200), ("no", 400), ("zzz", 400)])
def test_the_page_and_the_api_take_the_same_for_open(shop: Reader, said: str, status: int) -> None:
    page = shop.get(f"/fr/search?open={said}&platform=fun")
    answer = shop.get(f"/-/moocscout/api/v1/search?open={said}&platform=fun")
    assert (page.status_code, answer.status_code) == (status, status)
    if status == 200:
        listed = lxml.html.fromstring(page.text).cssselect(".hits li")
        assert len(listed) == len(answer.json()["courses"]) > 0
        assert shop.page("/fr/").xpath("//a[@href='/fr/search?open=yes']")


PAGES = (
    DIRECTOR, "/fr/recommend?wants=none", "/fr/compare?c=fun:1&c=fun:2", "/fr/changes",
    "/fr/calendar", "/fr/topics", "/fr/memo?profile=directeur-marketing", "/fr/search?open=1",
    f"{DIRECTOR}&hours=1&why=marketing",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_new_pages_are_light_strict_and_in_both_languages(shop: Reader, path: str) -> None:
    answer = shop.get(path)
    assert answer.status_code == 200
    assert len(answer.content) < 120_000
    assert "script-src 'none'" in answer.headers["content-security-policy"]
    page = lxml.html.fromstring(answer.text)
    assert not page.cssselect("script, style, [style], img, iframe")
    assert len(page.cssselect("h1")) == 1
    english = shop.page(page.cssselect(".lang-switch a")[0].get("href"))
    assert english.get("lang") == "en"
    assert words_of(english.cssselect("main")[0]) != words_of(page.cssselect("main")[0])


HOSTILE = "<script>window.canary=1</script>\"'&{{7*7}}"


def test_hostile_words_stay_words(stock: Stock, reader: Callable[[Path], Reader]) -> None:
    mean = course(
        "1", title=f"nudge {HOSTILE}", provider=HOSTILE, summary=f"nudge {HOSTILE}",
        skills=(HOSTILE, "nudge"), subjects=(HOSTILE,),
        sessions=(Session(ref=HOSTILE, start="2026-11-30", enrolment_start=DAY),),
    )  # fmt: skip
    shop = reader(stock(mean, course("2", provider="B")))
    for path in (*PAGES, "/fr/", f"/fr/search?provider={HOSTILE}", "/fr/course/fun/1"):
        text = shop.get(path).text
        assert "<script>window" not in text, path
        assert "&lt;script&gt;window" in text or path.startswith(("/fr/topics", "/fr/recommend?w"))


def test_a_bar_stays_within_its_track_whatever_the_signals_take_away(shop: Reader) -> None:
    bars = shop.page(f"{DIRECTOR}&hours=0.5&weeks=1&budget=0").cssselect(".bar")
    assert bars
    for bar in bars:
        wide = [float(rect.get("width")) for rect in bar.cssselect("rect:not(.track)")]
        assert min(wide) >= 0
        assert sum(wide) <= 100.1


EVERYWHERE = (
    *("/", "/search?q=marketing", "/search?topic=marketing-d-influence", "/recommend", "/topics"),
    *("/recommend?profile=chargee-etudes", "/memo?profile=chargee-etudes", "/api", "/data"),
    *("/recommend?wants=outils+d'aide+%C3%A0+la+vente", "/compare?c=fun:1", "/calendar"),
    *("/changes?since=2026-01-01&profile=chargee-etudes", "/method", "/nothing", "/course/fun/1"),
    *("/digest?profile=chargee-etudes&since=2026-01-01", "/embed?profile=chargee-etudes"),
)


@pytest.fixture
def tidy(stock: Stock, reader: Callable[[Path], Reader]) -> Reader:
    """The shelf with the apostrophe of print, so that any other is ours."""
    lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
    courses = [Course.from_json(line.replace("'", "’")) for line in lines.splitlines()]
    path = stock(*courses, course("1", sessions=two_days().sessions, price=9.0, currency="EUR"))
    index.ensure(path).close()
    return reader(path)


def readable(page: Any) -> Iterator[str]:
    """What a person reads or hears of a page: its texts and labels."""
    for each in page.xpath("//script | //code"):
        each.text = ""
    yield page.text_content()
    for name in ("aria-label", "title", "placeholder", "content"):
        yield from page.xpath(f"//@{name}")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_our_own_words_have_the_apostrophe_of_print(tidy: Reader, lang: str) -> None:
    for path in EVERYWHERE:
        for words in readable(lxml.html.fromstring(tidy.get(f"/{lang}{path}").text)):
            assert not re.findall(r".{0,30}\w'\w.{0,30}", words), path


KEYS = re.compile(
    r"\b(?:enrolment|free_audit|free_full|instructor|ongoing-open|future-|start \d{4}|end \d{4}"
    r"|PT\d|\d{4}-\d\d-\d\d)"
)


def test_no_key_of_ours_is_read_on_a_french_page(tidy: Reader) -> None:
    for path in EVERYWHERE:
        page = lxml.html.fromstring(tidy.get(f"/fr{path}").text)
        for each in page.xpath("//*[@lang='en'] | //*[@class='params']"):
            each.drop_tree()
        for words in readable(page):
            assert not KEYS.findall(words), (path, words)


def test_the_points_quote_a_page_with_where_it_says_so(tidy: Reader) -> None:
    page = tidy.page("/fr/recommend?wants=nudge&hours=3")
    quotes = page.cssselect(".points q")
    assert quotes
    for quote in quotes:
        assert quote.getnext().get("class") == "source"
        assert quote.getnext().text_content()
    assert "inscription jusqu’au" in words_of(page)


def test_every_parameter_of_the_api_has_a_meaning_in_french(tidy: Reader) -> None:
    french, english = (tidy.page(f"/{lang}/api") for lang in ("fr", "en"))
    (named, meant), (_, said) = (
        ([dt.text_content() for dt in page.cssselect("dt")],
         [dd.text for dd in page.cssselect("dd")])
        for page in (french, english)
    )  # fmt: skip
    assert len(named) > 30
    assert [name for name, fr, en in zip(named, meant, said, strict=True) if fr == en] == []


def test_a_profile_s_form_sends_the_topics_that_it_came_from(shop: Reader) -> None:
    page = shop.page("/fr/recommend?wants=outils d'aide à la vente")
    assert page.cssselect("#wants")[0].text == "outils d’aide à la vente"
    asked = dict(parse_qsl(shop.get(submitted(page)).url.query.decode()))
    assert asked == {"wants": "outils d'aide à la vente"}


def test_a_course_s_history_is_told_in_words() -> None:
    change = {"field": "session", "old": None, "day": DAY}
    new = "2026-11-16/2026-12-14, enrolment 2026-10-13/2026-12-04, 0 EUR"
    told = changes.told(change | {"new": new}, "EUR", Words("fr"))
    assert "enrolment" not in told["now"]
    assert "16\xa0novembre\xa02026 → 14\xa0décembre\xa02026" in told["now"]
    price = {"field": "certificate_price", "old": "39.0", "new": "49.5"}
    told = changes.told(price, "EUR", Words("fr"))
    assert (told["was"], told["now"]) == ("39\xa0€", "49,50\xa0€")


def test_a_page_whose_words_alone_changed_does_not_contradict_itself(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    held = course("1", price=9.0)
    stock(held, day="2026-11-15")
    page = reader(stock(attrs.evolve(held, description="Autrement."))).page("/fr/course/fun/1")
    said = words_of(page)
    assert "Page modifiée le 22 novembre 2026" in said
    assert "Prix, dates et conditions sont ceux du 15 novembre 2026" in said
    assert "Rien n’a changé" not in said


def test_of_one_course_nothing_is_said_in_the_plural(
    stock: Stock, reader: Callable[[Path], Reader]
) -> None:
    shop = reader(stock(course()))
    page = shop.page("/en/recommend?wants=nudge")
    assert "One course of 1 known." in words_of(page.cssselect(".lead")[0])
