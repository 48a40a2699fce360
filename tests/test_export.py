"""The catalogue written out: whole, unaltered, the same bytes twice, nothing that a sheet runs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.command import problems
from catalogue.course import Course, Session
from catalogue.export import licence, moochub, selection, tables
from catalogue.file import open_for_reading
from catalogue.harvest import Harvest

KINDS = ("csv", "jsonl", "parquet", "db", "moochub", "atom", "ics")
FORMULA = re.compile(r"[\s\"'\u200b\ufeff]*[=+\-@＝＋－＠]")
HOSTILE = (
    "=1+1", "+33 1", "-2+3", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", '"=1', "＝1", "\u200b=1",
    "ok;=1+1", "ok\n=1+1", "ok\t@x", "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.fixture
def export(command: Any, tmp_path: Path) -> Callable[..., bytes]:
    """What `moocscout export KIND FILE` writes."""

    def run(kind: str, *options: object) -> bytes:
        file = tmp_path / f"out.{kind}"
        ended = command("export", kind, file, *options)
        assert (ended.code, ended.out, ended.err) == (0, "", "")
        assert not list(tmp_path.glob(".*.part*"))
        return file.read_bytes()

    return run


@pytest.fixture
def hostile(stock: Callable[..., Path]) -> Path:
    courses = [
        Course(
            platform="fun", ref=f"={n}", url=f"https://fun.example/{n}", title=words,
            provider=words, summary=words, skills=(words, "sain"), subjects=("sain", words),
            price=-0.0, sessions=(Session(ref=words, title=words),),
        )
        for n, words in enumerate(HOSTILE)
    ]  # fmt: skip
    return stock(*courses)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_catalogue_gives_the_same_bytes(
    kind: str, stock: Callable[..., Path], export: Any
) -> None:
    stock()
    assert export(kind) == export(kind)


def test_the_order_in_which_platforms_were_loaded_leaves_no_trace(
    stock: Callable[..., Path], tmp_path: Path
) -> None:
    lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
    shelf = [Course.from_json(line) for line in lines.splitlines()]
    outs = []
    for name, wanted in (("a", ("fun", "coursera")), ("b", ("coursera", "fun"))):
        db = tmp_path / "catalogue.db"
        db.unlink(missing_ok=True)
        for platform in wanted:
            stock(*(c for c in shelf if c.platform == platform))
        buffer = io.BytesIO()
        with open_for_reading(db) as connection:
            tables.json_lines(selection.courses(connection, selection.Selection()), buffer)
        outs.append((name, buffer.getvalue()))
    assert outs[0][1] == outs[1][1] != b""


def test_csv_holds_every_listed_course_and_its_facts(stock: Any, export: Any) -> None:
    db = stock()
    rows = list(csv.DictReader(io.StringIO(export("csv").decode())))
    with sqlite3.connect(db) as connection:
        found = connection.execute(
            "select platform, ref, title, weeks from course order by platform, ref"
        ).fetchall()
    said = [(r["platform"], r["ref"], r["title"], float(r["weeks"] or "nan")) for r in rows]
    assert [row[:3] for row in said] == [row[:3] for row in found]
    assert [r["weeks"] for r in rows] == ["" if row[3] is None else str(row[3]) for row in found]
    assert rows[0]["last_checked"] == "2026-11-22"
    assert not {"id", "hash", "stems", "quotes"} & set(rows[0])
    assert "0.0" in {r["price"] for r in rows}, "free is 0, unknown is empty"
    assert "" in {r["price"] for r in rows}


def test_csv_of_sessions_names_the_course_of_each(stock: Any, export: Any) -> None:
    stock()
    rows = list(csv.DictReader(io.StringIO(export("csv", "--sessions").decode())))
    assert {"platform": "fun", "ref": "1", "session": "s1", "start": "2026-11-02"}.items() <= (
        rows[[(r["platform"], r["ref"]) for r in rows].index(("fun", "1"))].items()
    )


@pytest.mark.parametrize("options", [(), ("--sessions",)])
def test_no_cell_is_a_formula_whatever_the_sheet_takes_for_a_delimiter(
    options: tuple[str, ...], hostile: Path, export: Any
) -> None:
    text = export("csv", *options).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if FORMULA.match(cell) and cell[0] != "'"]
    assert not [cell for cell in cells if cell.startswith(("\t", "\r", "\n"))]
    pieces = re.split(r"[;\t|\r\n]", text)
    assert not [piece for piece in pieces if re.match(r"\s*[=+\-@＝＋－＠]", piece)]
    assert len(rows) == len(HOSTILE) + 1
    assert {len(row) for row in rows} == {len(rows[0])}


@given(st.text())
def test_defused_text_differs_by_apostrophes_only(words: str) -> None:
    said = tables.cell(words)
    assert said.replace("'", "") == words.replace("'", "")
    assert not said.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    if not re.search(r"[=+\-@＝＋－＠\t\r\n]", words):
        assert said == words


def test_json_lines_alter_nothing(hostile: Path, export: Any) -> None:
    found = [json.loads(line) for line in export("jsonl").decode().split("\n") if line]
    assert {each["title"] for each in found} == set(HOSTILE)
    first = next(each for each in found if each["ref"] == "=0")
    assert first["skills"] == [HOSTILE[0], "sain"]
    assert "level" not in first, "what is not known is left out"


@pytest.mark.parametrize(
    ("options", "want"),
    [
        (("--platform", "fun"), "fun"),
        (("--topic", "nudges"), "nudge"),
        (("--platform", "fun", "--topic", "nudge"), "nudge"),
    ],
)
def test_a_platform_or_a_topic_can_be_chosen(
    options: tuple[str, ...], want: str, stock: Any, export: Any
) -> None:
    stock()
    everything = export("jsonl").decode().splitlines()
    chosen = export("jsonl", *options).decode().splitlines()
    assert 0 < len(chosen) < len(everything)
    assert all(want in line.casefold() for line in chosen)


def test_withdrawn_courses_go_out_only_when_asked_for(stock: Any, export: Any) -> None:
    gone = Course(platform="fun", ref="gone", url="https://fun.example/gone", title="Parti")
    kept = [
        Course(platform="fun", ref=f"{n}", url=f"https://fun.example/{n}", title="Ici")
        for n in range(9)
    ]
    stock(gone, *kept, day="2026-11-15")
    stock(*kept, day="2026-11-22")
    assert b"Parti" not in export("csv")
    assert b"2026-11-22" in next(
        line for line in export("csv", "--withdrawn").splitlines() if b"Parti" in line
    )


def test_parquet_has_types_meanings_and_every_course(stock: Any, export: Any) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    stock()
    lines = export("jsonl").decode().splitlines()
    table = parquet.read_table(io.BytesIO(export("parquet")))
    assert table.num_rows == len(lines)
    types = {field.name: str(field.type) for field in table.schema}
    assert types["skills"].startswith("list<")
    assert (types["weeks"], types["first_seen"]) == ("double", "date32[day]")
    assert table.schema.field("weeks").metadata[b"unit"] == b"weeks"
    assert all(field.metadata[b"meaning"] for field in table.schema)
    sessions = parquet.read_table(io.BytesIO(export("parquet", "--sessions")))
    assert sessions.column("session").to_pylist()[0]


def test_without_pyarrow_the_fix_is_named(stock: Any, tmp_path: Path, command: Any) -> None:
    stock()
    (tmp_path / "shadow" / "pyarrow").mkdir(parents=True)
    (tmp_path / "shadow" / "pyarrow" / "__init__.py").write_text("raise ImportError('not here')")
    file = tmp_path / "out.parquet"
    ended = command("export", "parquet", file, PYTHONPATH=str(tmp_path / "shadow"))
    assert ended.code == 2
    assert "pip install 'moocscout[parquet]'" in ended.err
    assert not file.exists()


def test_the_db_is_a_plain_whole_file_even_while_a_crawl_writes(
    stock: Any, export: Any, tmp_path: Path
) -> None:
    db = stock()
    writer = sqlite3.connect(db, isolation_level=None)
    writer.execute("begin immediate")
    writer.execute("update course set title = 'half written'")
    made = tmp_path / "copy.db"
    made.write_bytes(export("db"))
    writer.execute("rollback")
    writer.close()
    assert made.read_bytes()[18:20] == b"\x01\x01", "no write-ahead log"
    made.chmod(0o444)
    with sqlite3.connect(f"file:{made}?mode=ro&immutable=1", uri=True) as copy:
        assert not copy.execute("select 1 from course where title = 'half written'").fetchone()
        assert copy.execute("select count(*) from course").fetchone()[0] > 10
    made.chmod(0o644)
    with sqlite3.connect(made) as copy:
        assert problems(copy) == []


def test_stdout_gives_what_a_file_gets(stock: Any, export: Any, command: Any) -> None:
    stock()
    for kind in ("csv", "jsonl", "moochub", "atom"):
        assert command("export", kind).out == export(kind).decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["csv", "--platform", "nowhere"], "no platform 'nowhere' is in the catalogue"),
        (["csv", "--topic", "!!"], "holds no word"),
        (["jsonl", "--sessions"], "--sessions is for csv and parquet"),
        (["csv", "--limit", "3"], "--limit is for atom and ics, csv has none; leave it away"),
        (["db", "--lang", "fr"], "--lang is for atom and ics"),
        (["ics", "--site", "https://x.example"], "--site is for atom and moochub"),
        (["atom", "--site", "foo"], "--site foo: write the address as https://www.example.org"),
        (["db", "out.db", "--platform", "fun"], "copied whole"),
        (["db", "/proc/out.db"], "moocscout: /proc/out.db: it cannot be opened; check that"),
        (["csv", "no/such/folder/out.csv"], "No such file or directory; name another"),
        (["xlsx"], "is not one of"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], words: str, stock: Any, command: Any) -> None:
    stock()
    ended = command("export", *arguments)
    assert ended.code == 2
    assert words in ended.err


def test_an_empty_catalogue_says_what_to_run(command: Any, tmp_path: Path) -> None:
    from catalogue.file import open_for_writing

    open_for_writing(tmp_path / "catalogue.db").close()
    ended = command("export", "csv")
    assert (ended.code, ended.out) == (2, "")
    assert "run `moocscout crawl fun` first" in ended.err


@pytest.mark.parametrize("kind", ["csv", "jsonl", "db", "moochub"])
def test_a_full_disk_is_named_and_the_old_file_stands(
    kind: str, stock: Any, tmp_path: Path
) -> None:
    db, file = stock(), tmp_path / f"out.{kind}"
    file.write_text("last week's")
    done = subprocess.run(
        [sys.executable, "-m", "moocscout", "export", kind, str(file), "--db", str(db)],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert re.search("free some space|check free space", done.stderr), done.stderr
    assert file.read_text() == "last week's"
    assert not list(tmp_path.glob(".*.part*"))


def test_what_a_killed_export_left_is_swept(stock: Any, export: Any, tmp_path: Path) -> None:
    stock()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f".out.csv.{dead.pid}.part").write_text("half")
    theirs = tmp_path / f".out.csv.{os.getppid()}.part"
    theirs.write_text("alive")
    export_csv = tmp_path / "out.csv"
    subprocess.run(
        [sys.executable, "-m", "moocscout", "export", "csv", str(export_csv),
         "--db", str(tmp_path / "catalogue.db")],
        check=True,
    )  # fmt: skip
    assert [p.name for p in tmp_path.glob(".*.part")] == [theirs.name]


def feed(db: Path, site: str | None = None) -> Any:
    buffer = io.BytesIO()
    with open_for_reading(db) as connection:
        found = selection.courses(connection, selection.Selection())
        moochub.write(found, selection.platforms(connection), buffer, site)
    return json.loads(buffer.getvalue())


def rich() -> Course:
    return Course(
        platform="fun", ref="rich", url="https://fun.example/rich", title="Le <nudge> & co",
        code="N1", language="fr", languages=("fr", "en"), provider="Université de Nantaire",
        providers=("Université de Nantaire", "Coop"), instructors=("Camille Orsenne",),
        description="Un <b>texte</b>.\n\nDeux.", skills=("nudge", "nudge"), subjects=("éco",),
        weeks=2.5, weekly_hours_low=3.0, weekly_hours_high=5.0, pace="self", access="subscription",
        price=49.0, currency="EUR", billing="month", certificate="paid", certificate_price=60.0,
        licence="CC BY-NC-ND 4.0", updated="2026-11-01",
        sessions=(
            Session(ref="a", start="2026-01-05", end="2026-03-29", enrolment_end="2026-02-01"),
            Session(ref="b", start="2027-01-05", enrolment_start="2026-11-01"),
        ),
    )  # fmt: skip


def test_moochub_says_what_the_course_says(stock: Any) -> None:
    (found,) = feed(stock(rich()), "https://moocs.example/moochub.json")["data"]
    said = found["attributes"]
    assert found["type"] == "Course"
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-.{17}", found["id"])
    assert said["name"] == "Le <nudge> & co"
    assert said["description"] == "<p>Un &lt;b&gt;texte&lt;/b&gt;.</p><p>Deux.</p>"
    assert (said["duration"], said["workload"]) == ("P2.5W", {"timeValue": 4, "timeUnit": "h/week"})
    assert said["startDate"] == ["2026-01-05T00:00:00+01:00", "2027-01-05T00:00:00+01:00"]
    assert said["endDate"] == ["2026-03-29T23:59:59+02:00"], "summer time has begun"
    assert said["license"][0]["identifier"] == "CC-BY-NC-ND-4.0"
    assert said["instructor"] == [{"type": "Person", "name": "Camille Orsenne"}]
    assert [(o["price"], o["category"], o["paymentFrequency"]) for o in said["offer"]] == [
        (49.0, "course", "monthly"),
        (60.0, "certificate", "one-time"),
    ]
    assert said["keywords"] == ["nudge", "éco"]
    assert None not in said.values()


def test_moochub_names_the_source_and_its_terms(stock: Any) -> None:
    (source,) = feed(stock(rich()))["meta"]["attribution"]
    assert source == {
        "title": "FUN", "home": "https://fun.example", "licence": "invented",
        "terms": "https://fun.example/terms",
    }  # fmt: skip


def test_moochub_has_what_the_schema_requires_of_the_least_course(stock: Any) -> None:
    least = Course(platform="fun", ref="1", url="https://fun.example/1", title="Peu")
    (found,) = feed(stock(least))["data"]
    required = {"name", "learningResourceType", "publisher", "url", "license", "creator"}
    assert required <= set(found["attributes"])
    assert found["attributes"]["license"] == [licence.PROPRIETARY]
    assert not {"offer", "access", "workload", "duration", "inLanguage"} & set(found["attributes"])


def test_moochub_ids_are_the_same_next_week(stock: Any) -> None:
    before = feed(stock(rich(), day="2026-11-15"))["data"][0]["id"]
    import attrs

    changed = attrs.evolve(rich(), title="Autre titre")
    assert feed(stock(changed, day="2026-11-22"))["data"][0]["id"] == before


@pytest.mark.shared
def test_moochub_validates_against_the_published_schema(
    shared: Path, stock: Any, hostile: Path, tmp_path: Path
) -> None:
    text = (shared / "samples" / "moochub" / "moochub-schema.v3.0.1.json").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(
        json.loads(text), format_checker=jsonschema.FormatChecker()
    )
    stock(rich(), day="2026-11-29")
    document = feed(tmp_path / "catalogue.db", "https://moocs.example/moochub.json")
    assert len(document["data"]) > 3
    assert [error.message for error in validator.iter_errors(document)] == []
    spoilt = json.loads(json.dumps(document))
    spoilt["data"][0]["attributes"]["workload"] = "4 h"
    assert list(validator.iter_errors(spoilt)), "the schema can say no"


@pytest.mark.parametrize(
    ("said", "identifier"),
    [
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution-NC-ND 3.0", "CC-BY-NC-ND-3.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("CC BY-NC-SA", "LicenseRef-CC-BY-NC-SA"),
        ("CC0", "CC0-1.0"),
        ("Tous droits réservés", "proprietary"),
        ("accuracy by design", "proprietary"),
        (None, "proprietary"),
    ],
)
def test_a_licence_is_never_made_more_generous(said: str | None, identifier: str) -> None:
    assert licence.spdx(said)["identifier"] == identifier


@pytest.mark.shared
def test_real_courses_survive_every_format(shared: Path, export: Any, tmp_path: Path) -> None:
    """Real listings, through the store, in each format: as many courses out as in."""
    import gzip

    from catalogue import store
    from catalogue.course import Platform

    path = shared / "samples" / "coursera" / "courses_2026-01_all_nomodules.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        listed = [json.loads(next(lines)) for _ in range(300)]
    courses = [
        Course(platform="real", ref=str(n), url=f"https://real.example/{n}", title=title,
               description=str(each.get("description") or "") or None)
        for n, each in enumerate(listed)
        if (title := str(each.get("name") or each.get("title") or each.get("course_title") or ""))
    ]  # fmt: skip
    assert len(courses) > 200, sorted(listed[0])
    harvest = Harvest(tmp_path / "real.harvest", day="2026-11-22")
    harvest.add(courses)
    platform = Platform(
        name="real", title="Real", home="https://real.example", languages=("en",), timezone="UTC",
        licence="facts", terms="https://real.example/terms", robots="obeyed", audience="public",
        floor=0,
    )  # fmt: skip
    report = store.Report(
        day="2026-11-22", started="2026-11-22T01:00:00Z", finished="2026-11-22T02:00:00Z",
        ended_by_itself=True,
    )  # fmt: skip
    store.load(tmp_path / "catalogue.db", platform, harvest, report)
    harvest.discard()
    assert len(list(csv.reader(io.StringIO(export("csv").decode())))) == len(courses) + 1
    assert len(export("jsonl").splitlines()) == len(courses)
    assert len(json.loads(export("moochub"))["data"]) == len(courses)
