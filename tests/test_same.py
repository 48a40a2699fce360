"""The same course on several platforms: what is one, what is not, what is kept and shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import listing as listings
from catalogue import same
from catalogue.course import Course, Session
from catalogue.elsewhere import also_on
from catalogue.errors import WrongUse
from catalogue.file import open_for_reading, open_for_writing
from catalogue.likeness import candidates, clusters, judge
from catalogue.listing import Listing, title_in, title_words
from catalogue.reading import rows
from catalogue.same import Decision, refresh
from catalogue.words import fold, tokens

Stock = Callable[..., Path]
NUDGE = (
    "Découvrez comment un petit coup de pouce change les comportements des consommateurs et"
    " pourquoi les entreprises et les collectivités publiques emploient cette méthode éprouvée"
)
OTHER = (
    "Cooking with seasonal vegetables demands patience, sharp knives, fresh produce from nearby"
    " farms and several hours every single weekend spent tasting different sauces together"
)


def listing(id_: int, platform: str, title: str, *names: str, **facts: Any) -> Listing:
    return Listing(
        id=id_, platform=platform, ref=facts.pop("ref", str(id_)), title=title, names=names, **facts
    )


def pair(a: dict[str, Any], b: dict[str, Any]) -> tuple[float, str] | None:
    """Judge two listings of "Nudge marketing" by Quais, one on fun, one on edx, as changed."""
    given = {"title": "Nudge marketing", "names": ("Quais",)}
    one = Listing(id=1, **({"platform": "fun", "ref": "1"} | given | a))
    other = Listing(id=2, **({"platform": "edx", "ref": "2"} | given | b))
    found = judge(one, other)
    assert judge(other, one) == found
    return (found.score, found.reason) if found else None


@pytest.mark.parametrize(
    ("a", "b", "score", "reason"),
    [
        ({"text": NUDGE}, {"text": NUDGE}, 0.99, "same title, provider and description"),
        ({}, {}, 0.95, "same title and provider"),
        ({"names": ("MIT",)}, {"names": ("Massachusetts Institute of Technology",)}, 0.95,
         "same title and provider"),
        ({"names": ("Quais", "EPFL")}, {"names": ("EPFLx",)}, 0.95, "same title and provider"),
        ({"names": ("Thor | 200,000 learners",)}, {"names": ("Thor | 600,000 learners",)}, 0.95,
         "same title and provider"),
        ({"names": ("KodeKloud",)}, {"names": ("KodeKloud Training",)}, 0.85,
         "same title, one provider's name within the other's"),
        ({"names": ("QHEM",)}, {"names": ("Quais Haute Ecole Management",)}, 0.85,
         "same title, one provider's name within the other's"),
        ({"text": NUDGE, "names": ()}, {"text": NUDGE}, 0.85,
         "same title and description, a provider not named"),
        ({"text": NUDGE, "names": ("edX",)}, {"text": NUDGE}, 0.75,
         "same title and description, another provider named"),
        ({"title": "Nudge marketing: coups de pouce", "text": NUDGE}, {"text": NUDGE}, 0.85,
         "similar title, same provider and description"),
        ({"title": "Nudge marketing principles", "text": NUDGE},
         {"title": "Principles, nudge, market", "text": NUDGE}, 0.85,
         "similar title, same provider and description"),
        ({"platform": "edx", "text": NUDGE}, {"text": NUDGE}, 0.8,
         "listed twice: same title, provider and description"),
        ({"title": "The e-commerce organization (Part II)"},
         {"title": "E-Commerce organisations & part two"}, 0.95, "same title and provider"),
        ({"language": "fr", "translated": ("Nudging markets",)},
         {"title": "Nudging Markets", "language": "en"}, 0.95,
         "same title and provider, by its translation"),
        ({"language": "fr"}, {"language": "fr-CA"}, 0.95, "same title and provider"),
        ({"language": "fr"}, {}, 0.95, "same title and provider"),
    ],
)  # fmt: skip
def test_one_course(a: Any, b: Any, score: float, reason: str) -> None:
    assert pair(a, b) == (score, reason)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"names": ("Quais",)}, {"names": ("Collines",)}),
        ({"names": ()}, {}),
        ({"names": ("University of Quais",)}, {"names": ("University",)}),
        ({"names": ("University of California, Irvine",)},
         {"names": ("University of California, Davis",)}),
        ({"names": ("Michigan State University",)}, {"names": ("Boston State University",)}),
        ({"names": ("Quais",), "text": NUDGE}, {"names": ("Collines",), "text": OTHER}),
        ({"language": "fr", "text": NUDGE}, {"language": "en", "text": NUDGE}),
        ({"kind": "programme"}, {"kind": "course"}),
        ({"platform": "edx"}, {}),
        ({"platform": "edx", "text": NUDGE, "code": "LMARK1"}, {"text": NUDGE, "code": "LMARK2"}),
        ({"platform": "edx", "text": NUDGE, "ref": "cours-2024-lmark1300"},
         {"text": NUDGE, "ref": "cours-2024-lmark2300"}),
    ],
)  # fmt: skip
def test_two_courses_of_one_title(a: Any, b: Any) -> None:
    assert pair(a, b) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nudge (Part 1)", "Nudge (Part 2)"),
        ("Nudge, part one", "Nudge, part two"),
        ("Nudge I", "Nudge II"),
        ("Nudge", "Nudge II"),
        ("Nudge 2025", "Nudge 2026"),
        ("Nudge, Part A", "Nudge, Part B"),
        ("Nudge for beginners", "Nudge, advanced"),
        ("Nudge pour débutants", "Nudge, perfectionnement"),
        ("Introduction to nudging markets", "Nudging markets"),
        ("Nudge en anglais", "Nudge en français"),
        ("Nudge marketing: practice exams", "Nudge marketing"),
        (
            "Nudge marketing for innovation, value and enrichment (clinical perspective)",
            "Nudge marketing for innovation, value and enrichment (social perspective)",
        ),
        ("Nudge marketing", "Cuisine des légumes"),
    ],
)
def test_a_row_of_courses_is_not_one(a: str, b: str) -> None:
    """Not even where the descriptions are word for word alike."""
    assert pair({"title": a, "text": NUDGE}, {"title": b, "text": NUDGE}) is None


def test_a_similar_title_needs_a_description() -> None:
    """Macro and micro differ by one letter."""
    titles = {"title": "Principles of macroeconomics"}, {"title": "Principles of microeconomics"}
    assert pair(*titles) is None
    assert pair(*({**title, "text": text} for title, text in zip(titles, (NUDGE, OTHER)))) is None  # noqa: B905


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://fun.example/en/courses/the-art-of-nudging/", "the art of nudging"),
        ("https://fun.example/en/courses/l%C3%A9go-et-nudge?x=a-b-c", "légo et nudge"),
        ("https://fun.example/en/courses/nudge-101", None),
        ("https://fun.example/en/courses/--/", None),
        ("https://fun.example", None),
        ("", None),
    ],
)
def test_the_title_in_an_address(address: str, title: str | None) -> None:
    assert title_in(address) == title


def test_the_address_of_a_translated_page_names_the_twin(stock: Stock) -> None:
    named = {"provider": "Quais", "providers": ("Quais",)}
    url = "https://fun.example/en/courses/the-art-of-nudging/"
    path = stock(
        Course(platform="fun", ref="1", url="https://fun.example/1", title="L'art du nudge",
               language="fr", translations={"en": {"url": url}}, **named),
        Course(platform="edx", ref="2", url="https://edx.example/2", title="The Art of Nudging",
               language="en", **named),
        Course(platform="edx", ref="3", url="https://edx.example/3", title="The Art of Nudging",
               language="en", provider="Collines"),
    )  # fmt: skip
    with closing(open_for_writing(path)) as db:
        refresh(db, ())
        found = rows(
            db, "select c.ref, reason from same_course s join course c on c.id = course_id"
        )
    assert {each["ref"] for each in found} == {"1", "2"}
    assert {each["reason"] for each in found} == {"same title and provider, by its translation"}


def test_the_words_of_a_title() -> None:
    assert title_words("L'Économie des plateformes : cours II") == (
        "economie", "des", "plateforme", "cour", "2",
    )  # fmt: skip
    assert title_words("???") == ("???",)
    assert title_words("C") != title_words("C++")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("lLdéŒ'’ -+#（\u00a0\u0308"))))
def test_a_title_reads_alike_blank_by_blank(title: str) -> None:
    """What is remembered of each of its words is what the whole title tells."""
    whole = tokens(fold(title))
    assert [word for each in title.split() for word in listings._folded(each).split()] == whole


TITLED = ("nudge", "art", "price", "shop", "2", "data")
PROVIDERS = ("Quais", "Collines", "MIT", "Massachusetts Institute of Technology")
LISTINGS = st.lists(
    st.builds(
        dict,
        platform=st.sampled_from(("fun", "edx", "udemy")),
        title=st.lists(st.sampled_from(TITLED), min_size=1).map(" ".join),
        names=st.lists(st.sampled_from(PROVIDERS), max_size=2).map(tuple),
        translated=st.sampled_from(((), ("nudge",), ("art shop",))),
    ),
    max_size=12,
)


@given(LISTINGS)
def test_candidates_share_a_title_or_a_provider_and_a_rare_word(facts: list[Any]) -> None:
    listings = [Listing(id=at, ref=str(at), **each) for at, each in enumerate(facts)]
    spread = Counter(word for each in listings for word in set(each.words))

    def rare(each: Listing) -> set[str]:
        return set(sorted(set(each.words), key=lambda word: (spread[word], word))[:3])

    def block(name: str, word: str) -> list[Listing]:
        return [each for each in listings if name in each.providers and word in rare(each)]

    def beside(a: Listing, b: Listing) -> bool:
        shared = ((n, w) for n in a.providers & b.providers for w in rare(a) & rare(b))
        return any(len({each.platform for each in block(*key)}) > 1 for key in shared)

    wanted = {(a.id, b.id) for a, b in combinations(listings, 2) if a.keys & b.keys or beside(a, b)}
    found = [(min(a.id, b.id), max(a.id, b.id)) for a, b in candidates(listings)]
    assert set(found) == wanted
    assert len(found) == len(wanted), "each pair once"


def test_clusters_name_the_nearest_and_the_reason() -> None:
    found = clusters(
        [
            listing(7, "fun", "Nudge", "Quais", text=NUDGE),
            listing(3, "edx", "Nudge", "Quais", text=NUDGE),
            listing(5, "coursera", "Nudge", "Quais", text=OTHER),
            listing(9, "coursera", "Cuisine", "Quais", text=OTHER),
        ]
    )
    assert [[attrs.astuple(member) for member in cluster] for cluster in found] == [
        [
            (3, 7, 0.99, "same title, provider and description"),
            (5, 3, 0.95, "same title and provider"),
            (7, 3, 0.99, "same title, provider and description"),
        ]
    ]


def test_a_chain_does_not_join_what_is_apart() -> None:
    chain = [
        listing(1, "fun", "Nudge", "Quais", language="fr"),
        listing(2, "edx", "Nudge", "Quais"),
        listing(3, "coursera", "Nudge", "Quais", language="en"),
    ]
    assert [[member.id for member in each] for each in clusters(chain)] == [[1, 2]]


def test_a_person_s_word_goes_first() -> None:
    both = [listing(1, "fun", "Nudge", "Quais"), listing(2, "edx", "Nudge", "Quais")]
    third = listing(3, "udemy", "Le pouce", "Anne", language="fr")
    ids = frozenset((1, 2))
    assert clusters(both, {ids: (False, "another author")}) == []
    found = clusters([*both, third], {frozenset((1, 3)): (True, "Anne told us")})
    assert [(m.id, m.nearest, m.reason) for m in found[0]] == [
        (1, 3, "by hand: Anne told us"),
        (2, 1, "same title and provider"),
        (3, 1, "by hand: Anne told us"),
    ]
    refused = {ids: (False, ""), frozenset((1, 3)): (True, ""), frozenset((2, 3)): (True, "")}
    assert sorted(len(each) for each in clusters([*both, third], refused)) == [2]


def test_a_crowd_under_one_title_is_compared_by_provider() -> None:
    crowd = [listing(at, f"p{at}", "Marketing", f"Company{at}") for at in range(1, 200)]
    twin = listing(500, "edx", "Marketing", "Company7")
    assert [[member.id for member in each] for each in clusters([*crowd, twin])] == [[7, 500]]


def course(platform: str, ref: str, **facts: Any) -> Course:
    given = {"url": f"https://{platform}.example/{ref}", "title": "Nudge", "provider": "Quais"}
    return Course(platform=platform, ref=ref, **(given | facts))


FREE = course(
    "fun",
    "1",
    access="free_full",
    price=0.0,
    sessions=(
        Session(ref="old", start="2025-01-05", end="2025-03-01", enrolment_end="2025-02-01"),
        Session(ref="next", start="2027-01-05", enrolment_start="2026-12-01"),
    ),
)
PAID = course("coursera", "nudge", price=50.0, currency="USD", billing="once", access="paid")
RUNNING = Session(ref="s", start="2026-11-01", enrolment_end="2026-12-01")
OPEN = course("edx", "nudge", sessions=(RUNNING,))


@pytest.fixture
def kept(stock: Stock) -> Path:
    path = stock(FREE, PAID, OPEN, course("fun", "2", title="Cuisine"))
    with closing(open_for_writing(path)) as db:
        summary = refresh(db, ())
    assert (summary.courses, summary.clusters, summary.listings, summary.written) == (4, 1, 3, 3)
    assert summary.reasons == {"same title and provider": 3}
    return path


def ids(path: Path) -> dict[str, int]:
    with closing(open_for_reading(path)) as db:
        return {f"{p}:{r}": at for at, p, r in db.execute("select id, platform, ref from course")}


def test_also_on_tells_money_and_dates(kept: Path) -> None:
    with closing(open_for_reading(kept)) as db:
        found = also_on(db, ids(kept)["coursera:nudge"], "2026-11-22")
        assert [row["ref"] for row in found] == ["nudge", "1"], "what is open comes first"
        assert found[1] | {"id": 0} == {
            "id": 0, "platform": "fun", "platform_title": "FUN", "ref": "1", "title": "Nudge",
            "url": "https://fun.example/1", "pace": None, "access": "free_full", "price": 0.0,
            "currency": None, "price_eur": 0.0, "rate": None, "rate_date": None,
            "billing": None, "certificate": None,
            "score": 0.95, "reason": "same title and provider", "state": "future-not-yet-open",
            "start": "2027-01-05", "enrolment_start": "2026-12-01", "enrolment_end": None,
        }  # fmt: skip
        paid = also_on(db, ids(kept)["fun:1"], "2026-11-22")[1]
        assert (paid["platform"], paid["state"]) == ("coursera", None)
        assert paid["price_eur"] == round(50 / 1.03, 2)
        assert also_on(db, ids(kept)["fun:2"], "2026-11-22") == []


def test_a_withdrawn_course_keeps_its_cluster_and_is_not_offered(kept: Path, stock: Stock) -> None:
    stock(FREE, OPEN, course("coursera", "another", title="Else"), day="2026-11-29")
    with closing(open_for_writing(kept)) as db:
        gone = db.execute("select ref from course where withdrawn is not null").fetchall()
        assert gone == [("nudge",)]
        assert refresh(db, ()).listings == 3
        offered = also_on(db, ids(kept)["fun:1"], "2026-11-29")
    assert [row["platform"] for row in offered] == ["edx"]


def test_only_what_differs_is_written(kept: Path) -> None:
    with closing(open_for_writing(kept)) as db:
        before = db.total_changes
        assert refresh(db, ()).written == 0
        assert db.total_changes == before
        apart = Decision(("coursera", "nudge"), ("fun", "1"), same=False, note="")
        gone = Decision(("fun", "1"), ("nowhere", "9"), same=True, note="")
        summary = refresh(db, (apart, gone))
        assert summary.unknown == ("nowhere:9",)
        assert [row["course_id"] for row in rows(db, "select * from same_course")] != []
        assert summary.listings == 2


HEADER = "platform_a,ref_a,platform_b,ref_b,verdict,note\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fun,1,edx,2,maybe,", "line 2: 'maybe' is none of same, not_same"),
        ("fun,1,fun,1,same,", "line 2: name two listings"),
        ("fun,,edx,2,same,", "line 2: name two listings"),
    ],
)
def test_a_wrong_decision_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "twins.csv"
    path.write_text(f"{HEADER}{line}\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=said):
        same.read_decisions(path)


def test_our_own_decisions_can_be_read() -> None:
    assert isinstance(same.read_decisions(), list)


def test_the_command(kept: Path, command: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "twins.csv"
    path.write_text(HEADER + "fun,1,edx,nudge,not_same,no\nfun,1,x,y,same,\n", encoding="utf-8")
    ended = command("twins", "--db", kept, "--decisions", path)
    assert ended.code == 0, ended.err
    assert "4 listings; 2 of them are 1 courses listed more than once" in ended.out
    assert "twins.csv names x:y, which is not in the catalogue" in ended.err
    assert command("twins", "--db", kept, "--json").json["clusters"] == 1
