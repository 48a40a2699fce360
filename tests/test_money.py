"""Amounts in euros: the file of rates, the catalogue's table, the view."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from catalogue import money
from catalogue.course import Course, Quote
from catalogue.errors import WrongUse
from catalogue.file import open_for_reading, open_for_writing
from catalogue.money import Rate
from catalogue.reading import rows

Stock = Callable[..., Path]
HEADER = "currency,per_euro,day\n"


def course(ref: str, **facts: Any) -> Course:
    return Course(platform="fun", ref=ref, url=f"https://fun.example/{ref}", title=ref, **facts)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "rates.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_our_rates_name_euros_and_their_days() -> None:
    held = {rate.currency: rate for rate in money.read_rates()}
    assert held["EUR"].per_euro == 1
    assert {"USD", "GBP", "CHF", "CAD"} <= held.keys()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dollar,1.1,2026-11-20", "line 2: 'dollar' is not an ISO 4217 code"),
        ("USD,much,2026-11-20", "line 2: 'much' is not how many USD one euro is worth"),
        ("USD,0,2026-11-20", "line 2: '0' is not how many USD"),
        ("EUR,2,2026-11-20", "line 2: '2' is not how many EUR"),
        ("USD,1.1,soon", "line 2: 'soon' is not a day"),
        ("USD", "line 2: '' is not how many USD"),
    ],
)
def test_a_wrong_line_is_named(file: Callable[[str], Path], line: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        money.read_rates(file(f"{HEADER}{line}\n"))


def test_a_file_that_is_none_is_said(tmp_path: Path, file: Callable[[str], Path]) -> None:
    with pytest.raises(WrongUse, match="cannot be read as a CSV table"):
        money.read_rates(tmp_path / "none.csv")
    with pytest.raises(WrongUse, match="lacks the column day"):
        money.read_rates(file("currency,per_euro\nUSD,1\n"))


XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
  xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
  <Cube><Cube time='2026-11-19'><Cube currency='USD' rate='1.11'/></Cube>
  <Cube time="2026-11-20"><Cube currency="USD" rate="1.1523"/><Cube currency='JPY' rate='181.2'/>
  </Cube></Cube>
</gesmes:Envelope>"""
LATEST = "Date, USD, JPY, BGN, \n20 November 2026, 1.1523, 181.2, N/A, \n"
HISTORY = "Date,USD,JPY,CYP,\n2026-11-20,1.1523,181.2,N/A,\n2026-11-19,1.11,181,N/A,\n"


def zipped(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("eurofxref.csv", text)
    return held.getvalue()


@pytest.mark.parametrize(
    "content", [XML.encode(), LATEST.encode(), HISTORY.encode(), zipped(LATEST), zipped(HISTORY)]
)
def test_the_central_bank_s_files_are_read_as_they_are(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "eurofxref"
    path.write_bytes(content)
    day = "2026-11-20"
    expected = Rate("EUR", 1.0, day), Rate("JPY", 181.2, day), Rate("USD", 1.1523, day)
    assert money.read_rates(path) == expected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>not found</html>", "but holds no rates"),
        (b"Date, USD\n", "but holds no rates"),
        (b"Date, USD\nsoon, 1.1\n", "'soon' is not a day"),
        (XML.replace("1.1523", "-1").encode(), "'-1' is not how many USD"),
        (b"PK\x03\x04 broken", "no zip that can be read"),
        (zipped("").replace(b".csv", b".txt"), "holds no CSV table"),
    ],
)
def test_what_only_looks_like_them_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "eurofxref"
    path.write_bytes(content)
    with pytest.raises(WrongUse, match=said):
        money.read_rates(path)


def test_our_rates_say_what_they_are() -> None:
    with money.RATES_FILE.open(encoding="utf-8", newline="") as lines:
        said = {line["currency"]: line["source"] for line in csv.DictReader(lines)}
    assert all("not a published rate" in said[currency] for currency in said.keys() - {"EUR"})


def test_an_operator_s_file_is_everybody_s(
    stock: Stock, command: Callable[..., Any], file: Callable[[str], Path]
) -> None:
    path, own = stock(course("1")), str(file(HEADER + "JPY,160.5,2026-11-20\n"))
    assert command("rates", "--db", path, "--json", MOOCSCOUT_RATES=own).json["rates"] == [
        {"currency": "JPY", "per_euro": 160.5, "day": "2026-11-20"}
    ]


def test_keeping_writes_what_differs_alone(stock: Stock) -> None:
    with closing(open_for_writing(stock(course("1")))) as db:
        held = (Rate("EUR", 1.0, "2026-11-20"), Rate("USD", 1.25, "2026-11-20"))
        money.keep(db, held)
        before = db.total_changes
        assert money.keep(db, held) == 0
        assert db.total_changes == before
        assert money.keep(db, (held[0], Rate("USD", 1.5, "2026-11-27"))) == 2
        assert db.execute("select currency, per_euro, day from rate").fetchall() == [
            ("EUR", 1.0, "2026-11-20"),
            ("USD", 1.5, "2026-11-27"),
        ]


@pytest.fixture
def priced(stock: Stock) -> sqlite3.Connection:
    path = stock(
        course(
            "dollars",
            access="free_audit_limited",
            free_track="Graded assignments are left out.",
            price=50.0,
            currency="USD",
            billing="once",
            certificate="paid",
            certificate_price=25.0,
            total_hours=10.0,
            quotes={"price": Quote(words="$50", source="page")},
        ),
        course("monthly", price=10.0, currency="EUR", billing="month", total_hours=5.0),
        course("free", access="free_full", price=0.0, total_hours=5.0),
        course("yen", price=1000.0, currency="JPY", total_hours=2.0),
        course("silent"),
    )
    with closing(open_for_writing(path)) as db:
        day = "2026-11-20"
        money.keep(db, (Rate("EUR", 1.0, day), Rate("USD", 1.25, day)))
    return open_for_reading(path)


def test_euros_stand_beside_the_stated_amount(priced: sqlite3.Connection) -> None:
    found = rows(
        priced,
        "select m.*, c.ref from course_money m join course c on c.id = m.course_id order by c.id",
    )
    by_ref = {row.pop("ref"): row for row in found}
    assert {name: value for name, value in by_ref["dollars"].items() if name != "course_id"} == {
        "access": "free_audit_limited", "access_words": None,
        "free_track": "Graded assignments are left out.", "billing": "once",
        "price": 50.0, "price_words": "$50", "certificate": "paid", "certificate_words": None,
        "certificate_price": 25.0, "currency": "USD", "price_eur": 40.0,
        "certificate_price_eur": 20.0, "price_per_hour_eur": 4.0,
        "rate": 1.25, "rate_date": "2026-11-20",
    }  # fmt: skip
    euros = ("price_eur", "price_per_hour_eur", "rate_date")
    assert [by_ref["monthly"][name] for name in euros] == [10.0, None, "2026-11-20"]
    assert [by_ref["free"][name] for name in euros] == [0.0, 0.0, None]
    assert [by_ref["yen"][name] for name in euros] == [None, None, None]
    assert [by_ref["silent"][name] for name in euros] == [None, None, None]


def test_the_command_applies_a_file(
    stock: Stock, command: Callable[..., Any], file: Callable[[str], Path]
) -> None:
    path = stock(course("1"))
    written = file(HEADER + "EUR,1,2026-11-20\nJPY,160.5,2026-11-20\n")
    ended = command("rates", "--file", written, "--db", path, "--json")
    assert ended.code == 0, ended.err
    assert ended.json["rates"][1] == {"currency": "JPY", "per_euro": 160.5, "day": "2026-11-20"}
    with closing(open_for_reading(path)) as db:
        assert db.execute("select currency from rate").fetchall() == [("EUR",), ("JPY",)]
    wrong = command("rates", "--file", file("nothing"), "--db", path)
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)


def test_the_variable_that_names_a_wrong_file_of_rates_is_said(command: Any, stock: Any) -> None:
    ended = command("rates", "--db", stock(), MOOCSCOUT_RATES="nowhere.csv")
    assert ended.code == 2
    assert "nowhere.csv cannot be read" in ended.err
    assert "(MOOCSCOUT_RATES names this file)" in ended.err
