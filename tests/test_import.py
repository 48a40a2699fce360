"""`moocscout import` as a person runs it, and files that mean no good."""

from __future__ import annotations

import random
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from catalogue.errors import WrongUse
from crawlers.files import opened
from crawlers.files.columns import ColumnMap
from crawlers.files.command import slug
from crawlers.files.intake import Intake
from crawlers.files.kinds import take

DAY = "2026-11-22"
Make = Callable[..., Path]
MANIFEST = """<manifest identifier="{ref}"><metadata><schema>ADL SCORM</schema></metadata>
<organizations><organization><title>{title}</title></organization></organizations></manifest>"""
LIST = "Course ID,Title,URL\n" + "".join(
    f"{n},Course {n},https://lms.example/{n}\n" for n in range(1, 11)
)


def refusal(path: Path, kind: str = "auto") -> str:
    intake = Intake(platform="maison", audience="employees", home="https://maison.example")
    with pytest.raises(WrongUse) as error:
        take(kind, path, ColumnMap(), intake)
    assert intake.courses == {}
    return str(error.value)


@pytest.mark.parametrize(
    "member",
    ["../imsmanifest.xml", "/etc/passwd", "a/../../b", "C:\\x", "..\\x", "a\\..\\b", "c:x"],
)
def test_a_zip_that_points_outside_is_refused(make_file: Make, member: str) -> None:
    path = make_file("x.zip", {"imsmanifest.xml": MANIFEST, member: "x"})
    assert "points outside of the package" in refusal(path)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    link = zipfile.ZipInfo("imsmanifest.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in refusal(path)


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("imsmanifest.xml", "<b/>")
    assert "twice" in refusal(path)


def test_a_bomb_is_refused_before_it_is_unpacked(make_file: Make) -> None:
    manifest = MANIFEST.format(ref="1", title="x") + " " * (8 * opened.MIB)
    path = make_file("bomb.zip", {"imsmanifest.xml": manifest})
    assert path.stat().st_size < 64 * 1024
    said = refusal(path)
    assert "unpack" in said
    assert "plain export" in said


def test_a_member_that_says_it_is_small_is_not_believed(make_file: Make) -> None:
    path = make_file("lie.zip", {"imsmanifest.xml": "<manifest>" + "x" * 50_000 + "</manifest>"})
    data = path.read_bytes()
    true = struct.pack("<I", 50_021)
    assert data.count(true) == 2
    path.write_bytes(data.replace(true, struct.pack("<I", 60)))
    assert "damaged" in refusal(path, "scorm")


def test_a_small_bomb_among_large_members_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("video.mp4", b"\x01" * opened.MIB)
        manifest = MANIFEST.format(ref="1", title="x") + " " * (3 * opened.MIB)
        archive.writestr("imsmanifest.xml", manifest, zipfile.ZIP_DEFLATED)
    assert "imsmanifest.xml unpacks to" in refusal(path)


def test_a_member_too_large_to_be_a_manifest_is_refused(
    make_file: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_file("x.zip", {"imsmanifest.xml": MANIFEST.format(ref="1", title="x" * 500)})
    monkeypatch.setattr(opened, "MOST_READ", 500)
    assert "500 is the most" in refusal(path)


def test_a_locked_package_is_refused(make_file: Make) -> None:
    path = make_file("x.zip", {"imsmanifest.xml": MANIFEST.format(ref="1", title="x")})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    assert "locked with a password" in refusal(path)


def test_more_than_the_limits_of_members_and_bytes(
    make_file: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_file("x.zip", {f"{n}": "x" * 100 for n in range(20)})
    monkeypatch.setattr(opened, "MOST_MEMBERS", 10)
    assert "20 files; 10 is the most" in refusal(path)
    monkeypatch.setattr(opened, "MOST_MEMBERS", 50)
    monkeypatch.setattr(opened, "MOST_UNPACKED", 1000)
    assert "to 2,000 bytes" in refusal(path)


def test_a_file_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(1024 * opened.MIB)
    assert "holds 1,024 MB, and 512 MB is the most" in refusal(path)
    with path.open("r+b") as file:
        file.truncate(100 * opened.MIB)
        file.write(b"Title,URL\n")
    assert "holds 100 MB, and 32 MB is the most" in refusal(path, "csv")


ENTITY = (
    '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file://{secret}">]>'
    "<manifest identifier='1'><organizations><organization><title>&x;</title></organization>"
    "</organizations></manifest>"
)
LAUGHS = (
    '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<manifest><title>&c;</title></manifest>"
)


@pytest.mark.parametrize("text", [ENTITY, LAUGHS, '<!DOCTYPE m SYSTEM "http://a.example/x"><m/>'])
@pytest.mark.parametrize("member", ["imsmanifest.xml", "cmi5.xml"])
def test_entities_are_refused_and_read_nothing(make_file: Make, text: str, member: str) -> None:
    secret = make_file("secret.txt", "hidden words")
    path = make_file("x.zip", {member: text.replace("{secret}", str(secret))})
    said = refusal(path)
    assert "declares a document type or entities" in said
    assert "hidden words" not in said


def test_a_workbook_with_entities_is_refused(make_file: Make) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
    for data in (doctype.encode(), doctype.encode("utf-16")):
        path = make_file("x.xlsx", {"xl/workbook.xml": data})
        assert "declares entities" in refusal(path)


def test_a_damaged_workbook_is_refused_whatever_is_broken_in_it(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    for broken in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        path = tmp_path / "broken.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data[: len(data) // 2] if name == broken else data)
        assert "is not a whole workbook" in refusal(path, "xlsx")


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("a.zip", b"PK\x03\x04 cut off", "auto", "is not a whole zip file"),
        ("a.zip", {"x.txt": "x"}, "auto", "zip of no known kind"),
        ("a.zip", {"f/imsmanifest.xml": MANIFEST}, "scorm", "not the folder"),
        ("a.zip", {"x.txt": "x"}, "cmi5", "has no cmi5.xml"),
        ("a.zip", {"users.csv": "x"}, "oneroster", "has no courses.csv"),
        ("a.zip", {"courses.csv": "a,b\n1,2\n"}, "oneroster", "has no column sourcedid"),
        ("a.zip", {"imsmanifest.xml": MANIFEST}, "cartridge", "name KIND scorm or auto"),
        ("a.zip", {"imsmanifest.xml": "<x/>"}, "scorm", "a <manifest> expected"),
        ("a.zip", {"imsmanifest.xml": "<manifest>"}, "scorm", "is not whole XML"),
        ("a.zip", {"cmi5.xml": "<courseStructure/>"}, "cmi5", "with a <course> expected"),
        ("a.xml", "<html/>", "auto", "XML of no known kind"),
        ("a.csv", {"x": "y"}, "csv", "name KIND xlsx or auto"),
        ("a.csv", LIST, "moodle", "lacks shortname, fullname"),
        ("a.csv", LIST, "scorm", "is not a whole zip file"),
        ("a.csv", LIST, "xlsx", "is not a whole zip file"),
        ("a.csv", "a,b\n1,2\n", "csv", "no column is known as the title"),
        ("a.csv", 'Title,URL\n"a,b\n', "csv", "quotation mark opened there"),
        ("a.csv", b"", "auto", "is empty"),
        ("a.csv", b"\n\n\n", "csv", "holds no table"),
        ("a.csv", b"Title,URL\na\x81b,x\n", "csv", "save it as “CSV UTF-8”"),
        ("a.csv", LIST.encode("utf-16-le"), "csv", "save it as “CSV UTF-8”"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "auto", "save it as .xlsx"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "csv", "save it as “CSV UTF-8”"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(
    make_file: Make, name: str, content: Any, kind: str, words: str
) -> None:
    assert words in refusal(make_file(name, content), kind)


@pytest.mark.parametrize("seed", range(4))
def test_damage_is_refused_or_read_and_never_a_traceback(make_file: Make, seed: int) -> None:
    damage = random.Random(seed)
    whole = {
        "a.csv": LIST.encode(),
        "imsmanifest.xml": MANIFEST.format(ref="1", title="Plier").encode(),
        "cmi5.xml": b"<courseStructure><course id='1'><title><langstring lang='fr'>Plier"
        b"</langstring></title></course></courseStructure>",
    }
    for _ in range(150):
        name = damage.choice(list(whole))
        data = bytearray(whole[name])
        for _ in range(damage.choice((1, 2, 9))):
            data[damage.randrange(len(data))] = damage.randrange(256)
        zipped = name.endswith(".xml") and damage.random() < 0.5
        path = make_file("x.zip", {name: bytes(data)}) if zipped else make_file(name, bytes(data))
        intake = Intake(platform="maison", audience="employees", home="https://maison.example")
        with suppress(WrongUse):
            take("auto", path, ColumnMap(), intake)
        intake.notes.checked(intake.courses.values())


@pytest.mark.parametrize(
    "heading",
    [
        "Email", "E-mail", "Learner Email", "Adresse e-mail", "Courriel", "User", "User ID",
        "Learner name", "Employee ID", "Nom de l'apprenant", "Prénom", "First Name", "Matricule",
        "Nom du salarié", "Username", "Participants",
    ],
)  # fmt: skip
def test_a_column_about_learners_refuses_the_file(make_file: Make, heading: str) -> None:
    said = refusal(make_file("x.csv", f"Title,URL,{heading}\na,https://a.example,x\n"))
    assert "looks like learners' data" in said


def test_a_column_of_addresses_refuses_the_file_whatever_it_is_called(make_file: Make) -> None:
    text = "Title,URL,Contact\na,https://a.example,ada@maison.example\nb,https://b.example,\n"
    said = refusal(make_file("x.csv", text))
    assert "Contact" in said
    assert "ada@" not in said


@pytest.mark.parametrize(
    "heading", ["Instructor name", "Formateur", "Audience", "Enrolled", "Completions", "User level"]
)
def test_a_column_about_courses_does_not(make_file: Make, heading: str) -> None:
    intake = Intake(platform="maison", audience="employees")
    path = make_file("x.csv", f"Title,URL,{heading}\na,https://a.example,12\n")
    take("auto", path, ColumnMap(), intake)
    assert len(intake.courses) == 1


def test_a_name_becomes_a_platform_s(tmp_path: Path) -> None:
    assert slug("L’Oréal Académie") == "l_oreal_academie"
    assert slug("3M") == "academy_3m"
    for name, words in (("FUN", "is a platform that is crawled"), ("—", "has no letter")):
        with pytest.raises(WrongUse, match=words):
            slug(name)


@pytest.fixture
def bring(command: Callable[..., Any]) -> Callable[..., Any]:
    def run(kind: str, *arguments: object, day: str = DAY) -> Any:
        return command("import", kind, *arguments, "--academy", "Maison Exemple", "--audience",
                       "employees", "--day", day, "--json")  # fmt: skip

    return run


def select(tmp_path: Path, sql: str) -> list[Any]:
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        return db.execute(sql).fetchall()


def counts(ended: Any) -> list[Any]:
    names = ("verdict", "announced", "read", "rejected", "new", "withdrawn")
    return [ended.json[0][name] for name in names]


def test_a_list_is_the_whole_academy(
    bring: Callable[..., Any], make_file: Make, tmp_path: Path
) -> None:
    first = bring("auto", make_file("liste.csv", LIST))
    shorter = "\n".join(LIST.splitlines()[:-1])
    second = bring("csv", make_file("liste.csv", shorter), day="2026-11-29")
    assert (first.code, second.code) == (0, 0), second.err
    assert counts(first) == ["complete", 10, 10, 0, 10, 0]
    assert counts(second) == ["complete", 9, 9, 0, 0, 1]
    assert "maison_exemple: took liste.csv: a list of courses as CSV" in first.err
    assert select(tmp_path, "select name, title, home, audience, floor from platform") == [
        ("maison_exemple", "Maison Exemple", "file:liste.csv", "employees", 1)
    ]
    assert select(tmp_path, "select distinct audience from course") == [("employees",)]
    assert select(tmp_path, "select ref from course where withdrawn = '2026-11-29'") == [("10",)]


def test_a_part_withdraws_nothing_and_is_no_failure(
    bring: Callable[..., Any], make_file: Make
) -> None:
    bring("csv", make_file("liste.csv", LIST))
    ended = bring("csv", make_file("part.csv", "\n".join(LIST.splitlines()[:3])), "--partial")
    assert ended.code == 0
    assert counts(ended) == ["partial", 2, 2, 0, 0, 0]


def test_a_fact_that_stays_unknown_is_named(bring: Callable[..., Any], make_file: Make) -> None:
    table = "Code;Titre;Prix;Début\n1;A;sur devis;01/02/2027\n2;B;49 €;03/02/2027\n"
    ended = bring("auto", make_file("a.csv", table), "--home", "https://a.example")
    assert ended.code == 0
    assert "price: “sur devis” of course 1 cannot be read and stays unknown" in ended.err
    assert "start: “01/02/2027” of course 1 and 1 more cannot" in ended.err
    assert 'dates = "%d/%m/%Y"' in ended.err


def test_hours_that_cannot_be_and_lines_that_add_nothing_are_named(
    bring: Callable[..., Any], make_file: Make
) -> None:
    table = "title,url,price,hours\n" + "".join(
        f"{title},https://a.example/{title},5,{hours}\n"
        for title, hours in (("A", -3), ("B", 99999), ("C", "abc"), ("D", 2), ("D", 2))
    )
    ended = bring("csv", make_file("a.csv", table))
    assert "total_hours: -3.0 of course https://a.example/A and 1 more cannot be" in ended.err
    assert "total_hours: “abc” of course https://a.example/C cannot be read" in ended.err
    assert "course https://a.example/D stands there again; its first line counts" in ended.err


def test_half_a_list_is_doubted(bring: Callable[..., Any], make_file: Make) -> None:
    bring("csv", make_file("liste.csv", LIST))
    ended = bring("csv", make_file("half.csv", "\n".join(LIST.splitlines()[:6])))
    assert (ended.code, counts(ended)[0], counts(ended)[-1]) == (1, "partial", 0)


def test_many_packages_are_one_academy(
    bring: Callable[..., Any], make_file: Make, tmp_path: Path
) -> None:
    packages = [
        make_file(f"{n}.zip", {"imsmanifest.xml": MANIFEST.format(ref=f"M{n}", title=f"T{n}")})
        for n in range(3)
    ]
    ended = bring("scorm", *packages, "--home", "https://maison.example")
    assert (ended.code, counts(ended)[:3]) == (0, ["complete", 3, 3])
    assert select(tmp_path, "select ref, title, url from course order by ref") == [
        (f"M{n}", f"T{n}", "https://maison.example") for n in range(3)
    ]


def test_rows_without_identifier_make_it_partial_and_are_named(
    bring: Callable[..., Any], make_file: Make
) -> None:
    ended = bring("csv", make_file("liste.csv", LIST + "x,y,z,too many\n"))
    assert (ended.code, counts(ended)[0]) == (1, "partial")
    assert "liste.csv, line 12: more cells than the 3 columns" in ended.err


def test_of_many_bad_rows_ten_are_named_and_the_others_counted(
    bring: Callable[..., Any], make_file: Make
) -> None:
    ended = bring("csv", make_file("liste.csv", LIST + "x,y,z,too many\n" * 12))
    assert ended.err.count("more cells than") == 10
    assert ended.err.rstrip().endswith("  and 2 more")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["auto", "nowhere.csv"], "nowhere.csv: No such file"),
        (["auto", "."], "is not a file"),
        (["csv", "LIST", "--home", "lms"], "with https://"),
        (["csv", "LIST", "--mapping", "nowhere.toml"], "nowhere.toml: No such file"),
        (["powerpoint", "LIST"], "powerpoint"),
        (["csv", "EMPTY"], "lists no course"),
    ],
)
def test_wrong_use_names_the_fix_and_touches_nothing(
    bring: Callable[..., Any], make_file: Make, tmp_path: Path, arguments: list[str], words: str
) -> None:
    files = {
        "LIST": str(make_file("liste.csv", LIST)),
        "EMPTY": str(make_file("empty.csv", "Title,URL\n")),
    }
    ended = bring(*(files.get(each, each) for each in arguments))
    assert ended.code == 2
    assert words in ended.err
    assert not (tmp_path / "catalogue.db").exists()


def test_an_older_day_is_refused(bring: Callable[..., Any], make_file: Make) -> None:
    path = make_file("liste.csv", LIST)
    assert bring("csv", path).code == 0
    ended = bring("csv", path, day="2026-11-21")
    assert (ended.code, "as of 2026-11-22" in ended.err) == (2, True)


def test_courses_are_handed_on_as_they_are_read_and_each_once(make_file: Make) -> None:
    rows = [f"{n % 1200},Course {n},https://lms.example/{n}\n" for n in range(1300)]
    taken: list[list[str]] = []
    intake = Intake(
        platform="maison",
        audience="employees",
        hand_on=lambda courses: taken.append([course.title for course in courses]),
    )
    take("csv", make_file("x.csv", "Course ID,Title,URL\n" + "".join(rows)), ColumnMap(), intake)
    intake.flush()
    assert [len(titles) for titles in taken] == [500, 500, 200], "no more than 500 at once"
    assert [title for titles in taken for title in titles] == [f"Course {n}" for n in range(1200)]
    assert (intake.listed, intake.courses) == (1200, {})
