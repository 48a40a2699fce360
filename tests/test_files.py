"""Reading an academy's files: tables, packages, exports. All of them are invented here."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote, Session, course_from
from catalogue.errors import WrongUse
from crawlers.files.columns import ColumnMap, mapping
from crawlers.files.intake import Intake
from crawlers.files.kinds import guess, take

HOME = "https://academie.example"
Make = Callable[..., Path]


def taken(path: Path, kind: str = "auto", home: str | None = HOME, **said: Any) -> Intake:
    intake = Intake(platform="maison", audience="employees", home=home)
    take(kind, path, ColumnMap(**said), intake)
    return intake


def courses(path: Path, kind: str = "auto", **more: Any) -> list[Course]:
    return list(taken(path, kind, **more).courses.values())


FRENCH = (
    "Référence;Titre du cours;Lien;Langue;Durée (min.);Catégorie;Compétences;Niveau;Description;"
    "Prix;Devise;Date de début;Date de fin;Mise à jour;Fournisseur;Formateur;Remarque\r\n"
    "A1;Accueillir un client;https://lms.example/a1;Français;45;Boutique|Vente;écoute;Débutant;"
    '"<p>Dire bonjour\u202f;</p><p>écouter.</p>";120,50;EUR;2027-02-01;2027-03-01;2026-10-02;'
    "Maison Exemple;Ada Vraie;secret\r\n"
)
WHOLE = Course(
    platform="maison",
    ref="A1",
    url="https://lms.example/a1",
    title="Accueillir un client",
    audience="employees",
    language="fr",
    languages=("fr",),
    provider="Maison Exemple",
    providers=("Maison Exemple",),
    instructors=("Ada Vraie",),
    description="Dire bonjour\u202f;\n\nécouter.",
    skills=("écoute",),
    subjects=("Boutique", "Vente"),
    level="beginner",
    total_hours=0.75,
    price=120.5,
    currency="EUR",
    updated="2026-10-02",
    sessions=(Session(ref="2027-02-01", start="2027-02-01", end="2027-03-01"),),
    quotes={
        "total_hours": Quote(words="45 minutes", source="file"),
        "languages": Quote(words="Français", source="file"),
        "language": Quote(words="Français", source="file"),
        "level": Quote(words="Débutant", source="file"),
        "updated": Quote(words="2026-10-02", source="file"),
        "price": Quote(words="120,50", source="file"),
        "currency": Quote(words="120,50", source="file"),
    },
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
def test_a_list_in_any_office_encoding_is_read_whole(make_file: Make, encoding: str) -> None:
    if encoding == "utf-16-le-bom":
        data = b"\xff\xfe" + FRENCH.encode("utf-16-le")
    else:
        # Windows-1252 has no narrow no-break space.
        text = FRENCH.replace("\u202f", "\u00a0") if encoding == "cp1252" else FRENCH
        data = text.encode(encoding)
    intake = taken(make_file("liste.csv", data))
    (course,) = intake.courses.values()
    description = (WHOLE.description or "").replace(
        "\u202f", "\u00a0" if encoding == "cp1252" else "\u202f"
    )
    assert course == course_from(json.loads(WHOLE.to_json()) | {"description": description})
    assert intake.took == ["liste.csv: a list of courses as CSV"]


def test_what_stands_in_a_column_nobody_reads_is_not_kept(make_file: Make) -> None:
    intake = taken(make_file("liste.csv", FRENCH))
    issues = [(i.kind, i.field, i.example) for i in intake.notes.issues]
    assert issues == [("unknown_field", "Remarque", None)]
    assert "secret" not in "".join(course.to_json() for course in intake.courses.values())


def test_a_workbook_is_read_as_the_same_list(make_file: Make, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for record in csv_rows(FRENCH):
        sheet.append([int(cell) if cell == "45" else cell for cell in record])
    book.save(tmp_path / "liste.xlsx")
    assert courses(tmp_path / "liste.xlsx") == [WHOLE]


@pytest.mark.parametrize("captions", [1, 3])
def test_captions_above_the_headings_are_no_headings(make_file: Make, captions: int) -> None:
    above = "Notre catalogue;;\n" * captions
    table = f"{above}\nCode;Titre;Durée\n1;Vendre;2 h\n"
    assert [c.title for c in courses(make_file("a.csv", table))] == ["Vendre"]
    alone = make_file("b.csv", "Titre\nVendre\nÉcouter\n")
    assert [c.title for c in courses(alone)] == ["Vendre", "Écouter"]


def csv_rows(text: str) -> list[list[str]]:
    import csv

    return list(csv.reader(io.StringIO(text), delimiter=";"))


MAP = """
[columns]
ref = "No"
title = "Nom"
workload = "Temps"
start = "Quand"
[constants]
language = "fr"
provider = "Maison Exemple"
subjects = "Vente"
[options]
url = "https://lms.example/course/{ref}"
dates = "%d/%m/%Y"
"""


@pytest.mark.parametrize(
    ("workload", "stated", "issues"),
    [
        ("1-2 hours", {"total_hours_low": "1-2 hours", "total_hours_high": "1-2 hours"}, []),
        (
            "12-13 weeks, 15-20 hours a week",
            {
                "weeks_low": "12-13 weeks, 15-20 hours a week",
                "weeks_high": "12-13 weeks, 15-20 hours a week",
                "weekly_hours_low": "12-13 weeks, 15-20 hours a week",
                "weekly_hours_high": "12-13 weeks, 15-20 hours a week",
            },
            [],
        ),
        ("as long as it takes 3", {}, [("workload", "as long as it takes 3", 1)]),
        ("1:30", {"total_hours": "1:30"}, []),
    ],
)
def test_a_workload_is_one_issue_at_most_and_the_words_of_a_range_are_kept(
    make_file: Make, workload: str, stated: dict[str, str], issues: list[Any]
) -> None:
    path = make_file(
        "x.csv", f"Title,URL,Workload\nA,https://x.example,'{workload}'\n".replace("'", '"')
    )
    intake = Intake(platform="maison", audience="customers")
    take("csv", path, ColumnMap(), intake)
    (course,) = intake.courses.values()
    assert {name: quote.words for name, quote in course.quotes.items()} == stated
    assert [(i.field, i.example, i.count) for i in intake.notes.issues] == issues
    assert course.weeks is None


def test_a_range_under_a_heading_of_weeks_is_one(make_file: Make) -> None:
    path = make_file("x.csv", "Title,URL,Semaines\nA,https://x.example,4 à 6 semaines\n")
    (course,) = taken(path).courses.values()
    assert (course.weeks, course.weeks_low, course.weeks_high) == (None, 4, 6)


def test_a_mapping_file_says_which_column_is_what(make_file: Make) -> None:
    said = mapping(make_file("map.toml", MAP))
    path = make_file("x.csv", "No,Nom,Temps,Quand,Autre\n7,Plier,4 semaines de 2 h,01/02/2027,x\n"
                         "7,Plier,,03/02/2027,x\n")  # fmt: skip
    intake = Intake(platform="maison", audience="customers")
    take("csv", path, said, intake)
    (course,) = intake.courses.values()
    assert course.sessions == (
        Session(ref="2027-02-01", start="2027-02-01"),
        Session(ref="2027-02-03", start="2027-02-03"),
    )
    assert (course.ref, course.title, course.url) == (
        "7", "Plier", "https://lms.example/course/7",
    )  # fmt: skip
    assert (course.language, course.provider, course.subjects) == (
        "fr", "Maison Exemple", ("Vente",),
    )  # fmt: skip
    assert course.audience == "customers"


def test_a_day_that_could_be_two_is_refused_without_a_pattern(make_file: Make) -> None:
    intake = taken(make_file("x.csv", "Course ID,Title,Start date\n1,Fold,01/02/2027\n"))
    assert [(i.kind, i.field, i.example) for i in intake.notes.issues] == [
        ("unreadable", "start", "01/02/2027")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[columns]\ntitel = 'x'", "'titel' in .columns. must be text and one of: title, ref"),
        ("[colonnes]\ntitle = 'x'", "colonnes"),
        ("[columns]\ntitle = 3", "must be text"),
        ("[columns", "is not TOML"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(make_file: Make, text: str, words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        mapping(make_file("map.toml", text))


def test_a_mapping_to_a_column_that_is_not_there_names_those_that_are(make_file: Make) -> None:
    with pytest.raises(WrongUse, match=r"no column 'Titel' for title; it has: Title, URL"):
        courses(make_file("x.csv", "Title,URL\na,https://x.example\n"), columns={"title": "Titel"})


LINKEDIN = (
    "Course URN,Course Title,Content type,Course URL,Duration (seconds),Skills covered,Locale,"
    "Level\n"
    "urn:li:course:1,Nudge,COURSE,https://www.linkedin.com/learning/nudge,5400,"
    '"Marketing; Persuasion",en_US,Intermediate\n'
    "urn:li:path:2,Lead,LEARNING_PATH,https://www.linkedin.com/learning/paths/lead,,,fr_FR,\n"
)


def test_a_linkedin_export_is_known_by_its_headings(make_file: Make) -> None:
    path = make_file("export.csv", LINKEDIN)
    first, second = courses(path)
    assert guess(path) == "linkedin"
    assert first == Course(
        platform="maison",
        ref="urn:li:course:1",
        url="https://www.linkedin.com/learning/nudge",
        title="Nudge",
        audience="employees",
        language="en",
        languages=("en",),
        provider="LinkedIn Learning",
        providers=("LinkedIn Learning",),
        skills=("Marketing", "Persuasion"),
        level="intermediate",
        total_hours=1.5,
        quotes={
            "total_hours": Quote(words="5400 seconds", source="file"),
            "languages": Quote(words="en_US", source="file"),
            "language": Quote(words="en_US", source="file"),
            "level": Quote(words="Intermediate", source="file"),
        },
    )
    assert (second.kind, second.language, second.total_hours) == ("programme", "fr", None)


MOODLE = (
    "shortname,fullname,category,summary,startdate,enddate,visible\n"
    "plier,Plier une chemise,3,<p>En <b>trois</b> gestes.</p>,1801440000,0,1\n"
    "cache,Caché,3,,0,0,0\n"
)


def test_a_moodle_list_leaves_hidden_courses_hidden(make_file: Make) -> None:
    path = make_file("moodle.csv", MOODLE)
    assert guess(path) == "moodle"
    assert courses(path) == [
        Course(
            platform="maison",
            ref="plier",
            url=HOME,
            title="Plier une chemise",
            code="plier",
            audience="employees",
            summary="En trois gestes.",
            subjects=("3",),
            sessions=(Session(ref="2027-02-01", start="2027-02-01"),),
        )
    ]


ONEROSTER = {
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\nfile.courses,bulk\n",
    "courses.csv": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,"
    "orgSourcedId,subjects,subjectCodes\n"
    'c1,,,,Accueillir,ACC-1,,o1,"Vente,Boutique",\n'
    "c2,tobedeleted,2026-01-01,,Parti,,,o1,,\n",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
    "classType,location,schoolSourcedId,termSourcedIds\n"
    'k1,,,Hiver,,c1,,scheduled,,o1,"t1,t2"\n',
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate\n"
    "t1,,,T1,term,2027-01-04,2027-02-05\nt2,,,T2,term,2027-02-08,2027-03-12\n",
    "orgs.csv": "sourcedId,status,dateLastModified,name,type\no1,,,Maison Exemple,district\n",
}


def test_oneroster_classes_are_sessions(make_file: Make) -> None:
    path = make_file("roster.zip", ONEROSTER)
    assert guess(path) == "oneroster"
    assert courses(path) == [
        Course(
            platform="maison",
            ref="c1",
            url=HOME,
            title="Accueillir",
            code="ACC-1",
            audience="employees",
            provider="Maison Exemple",
            providers=("Maison Exemple",),
            subjects=("Vente", "Boutique"),
            sessions=(Session(ref="k1", title="Hiver", start="2027-01-04", end="2027-03-12"),),
        )
    ]


def test_oneroster_files_about_people_are_not_even_opened(make_file: Make) -> None:
    marks = {name: f"SECRET-{name}-" * 9 for name in ("users.csv", "enrollments.csv",
                                                      "demographics.csv")}  # fmt: skip
    path = make_file("roster.zip", ONEROSTER | marks)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        for name in marks:
            info = archive.getinfo(name)
            start = info.header_offset + 30 + len(name)
            # Whoever opens one of them now meets damage.
            data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive, pytest.raises((zipfile.BadZipFile, zlib.error)):
        archive.read("users.csv")
    assert len(courses(path)) == 1


def test_a_oneroster_delta_is_never_the_whole(make_file: Make) -> None:
    delta = ONEROSTER | {"manifest.csv": "propertyName,value\nfile.courses,delta\n"}
    assert taken(make_file("d.zip", delta)).narrowed == "a OneRoster delta lists changes only"


SCORM_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="MAISON-1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:i="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
 <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>
  <i:lom>
   <i:general>
    <i:title><i:langstring xml:lang="fr">Plier une chemise</i:langstring>
             <i:langstring xml:lang="en">Fold a shirt</i:langstring></i:title>
    <i:language>fr</i:language>
    <i:description><i:langstring xml:lang="fr">En trois gestes.</i:langstring>
                   <i:langstring xml:lang="en">In three moves.</i:langstring></i:description>
    <i:keyword><i:langstring xml:lang="fr">textile</i:langstring></i:keyword>
    <i:keyword><i:langstring xml:lang="fr">boutique</i:langstring></i:keyword>
   </i:general>
   <i:educational>
    <i:difficulty><i:source><i:langstring xml:lang="x-none">LOMv1.0</i:langstring></i:source>
      <i:value><i:langstring xml:lang="x-none">very easy</i:langstring></i:value></i:difficulty>
    <i:typicallearningtime><i:datetime>0000:45:00.00</i:datetime></i:typicallearningtime>
   </i:educational>
   <i:rights><i:cost><i:value><i:langstring xml:lang="x-none">no</i:langstring></i:value></i:cost>
   </i:rights>
  </i:lom>
 </metadata>
 <organizations default="O"><organization identifier="O"><title>Autre titre</title>
   <item identifier="I1"><title>Poser</title>
     <item identifier="I11"><title>Dessous</title></item></item>
   <item identifier="I2"><title>Plier</title></item>
 </organization></organizations>
 <resources/>
</manifest>"""
SCORM = Course(
    platform="maison",
    ref="MAISON-1",
    url=HOME,
    title="Plier une chemise",
    audience="employees",
    language="fr",
    languages=("fr",),
    description="En trois gestes.",
    subjects=("textile", "boutique"),
    plan=("Poser", "Plier"),
    level="beginner",
    total_hours=0.75,
    access="free_full",
    price=0.0,
    translations={"en": {"title": "Fold a shirt", "description": "In three moves."}},
    quotes={
        "language": Quote(words="fr", source="file"),
        "total_hours": Quote(words="0000:45:00.00", source="file"),
        "level": Quote(words="very easy", source="file"),
        "price": Quote(words="cost: no", source="file"),
        "access": Quote(words="cost: no", source="file"),
        "languages": Quote(words="fr", source="file"),
    },
)
SCORM_2004 = """<manifest identifier="M4" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:lom="http://ltsc.ieee.org/xsd/LOM">
 <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion>
  <lom:lom><lom:general><lom:title><lom:string language="fr-FR">Vendre</lom:string></lom:title>
  </lom:general><lom:educational>
   <lom:typicalLearningTime><lom:duration>PT1H30M</lom:duration></lom:typicalLearningTime>
   <lom:difficulty><lom:value>difficult</lom:value></lom:difficulty>
  </lom:educational></lom:lom>
 </metadata><organizations/></manifest>"""
CARTRIDGE = """<manifest identifier="CC1"
  xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
  xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">
 <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion>
  <lomimscc:lom><lomimscc:general><lomimscc:title>
   <lomimscc:string>Compter juste</lomimscc:string></lomimscc:title></lomimscc:general>
   <lomimscc:rights><lomimscc:copyrightAndOtherRestrictions><lomimscc:value>yes</lomimscc:value>
   </lomimscc:copyrightAndOtherRestrictions><lomimscc:description>
   <lomimscc:string>CC BY</lomimscc:string></lomimscc:description></lomimscc:rights></lomimscc:lom>
 </metadata></manifest>"""
CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
 <course id="https://maison.example/cours/plier">
  <title><langstring lang="en">Fold</langstring><langstring lang="fr">Plier</langstring></title>
  <description><langstring lang="en">In three moves.</langstring></description></course>
 <block id="https://maison.example/b"><title><langstring lang="en">Start</langstring></title>
  <au id="https://maison.example/b/1"><title><langstring lang="en">Inside</langstring></title></au>
 </block>
 <au id="https://maison.example/au"><title><langstring lang="en">Test</langstring></title></au>
</courseStructure>"""


def test_a_scorm_1_2_package_is_one_course(make_file: Make) -> None:
    path = make_file("plier.zip", {"imsmanifest.xml": SCORM_12, "a/video.mp4": b"\0" * 1000})
    assert guess(path) == "scorm"
    assert courses(path) == [SCORM]
    assert courses(make_file("imsmanifest.xml", SCORM_12)) == [SCORM]


def test_a_scorm_2004_package_by_other_namespaces(make_file: Make) -> None:
    (course,) = courses(make_file("v.zip", {"imsmanifest.xml": SCORM_2004}), "scorm")
    assert (course.ref, course.title, course.language) == ("M4", "Vendre", "fr")
    assert (course.total_hours, course.level) == (1.5, "advanced")


def test_a_common_cartridge(make_file: Make) -> None:
    path = make_file("cc.imscc", {"imsmanifest.xml": CARTRIDGE})
    (course,) = courses(path)
    assert guess(path) == "cartridge"
    assert (course.ref, course.title, course.language, course.licence) == (
        "CC1", "Compter juste", None, "CC BY",
    )  # fmt: skip


def test_a_cmi5_package_in_its_first_language(make_file: Make) -> None:
    path = make_file("c.zip", {"cmi5.xml": CMI5})
    (course,) = courses(path)
    assert guess(path) == "cmi5"
    assert (course.ref, course.title, course.language, course.plan) == (
        "https://maison.example/cours/plier", "Fold", "en", ("Start", "Test"),
    )  # fmt: skip
    assert course.translations == {"fr": {"title": "Plier"}}
    assert course.description == "In three moves."


def test_two_packages_of_one_identifier_are_not_one_course(make_file: Make) -> None:
    intake = taken(make_file("a.zip", {"imsmanifest.xml": SCORM_12}))
    take("scorm", make_file("b.zip", {"imsmanifest.xml": SCORM_12}), ColumnMap(), intake)
    assert (len(intake.courses), intake.listed) == (1, 2)
    assert intake.errors == [
        "b.zip: its identifier 'MAISON-1' is another package's already; give it its own"
    ]


def test_markup_and_hidden_signs_in_a_manifest_become_plain_text(make_file: Make) -> None:
    hostile = SCORM_2004.replace(
        ">Vendre<", ">&lt;script&gt;alert(1)&lt;/script&gt;Ven\u202edre &amp;amp; plier<"
    )
    (course,) = courses(make_file("v.zip", {"imsmanifest.xml": hostile}))
    assert course.title == "Vendre & plier"


def test_one_course_listed_twice_counts_once(make_file: Make) -> None:
    twice = ONEROSTER["courses.csv"] + "c1,,,,Accueillir encore,ACC-1,,o1,,\n"
    intake = taken(make_file("r.zip", ONEROSTER | {"courses.csv": twice}))
    assert [course.title for course in intake.courses.values()] == ["Accueillir"]
    assert [(i.kind, i.ref) for i in intake.notes.issues] == [("duplicate", "c1")]


def test_a_course_without_an_address_needs_a_home(make_file: Make) -> None:
    with pytest.raises(WrongUse, match="--home https://"):
        courses(make_file("v.zip", {"imsmanifest.xml": SCORM_2004}), home=None)


def test_one_row_without_an_address_is_named_among_those_that_have_one(make_file: Make) -> None:
    path = make_file("x.csv", "Code,Titre,Lien\nA,Fold,https://a.example\nB,Sell,\n")
    intake = taken(path, home=None)
    assert list(intake.courses) == ["https://a.example"]
    assert intake.remarks == [
        "x.csv, line 3: url: it is empty; fill it in, or name the academy's own page with --home"
    ]
    assert sorted(taken(path).courses) == ["B", "https://a.example"]


def test_rows_that_cannot_be_courses_are_named_by_line(make_file: Make) -> None:
    text = """Course ID,Title,URL
1,Fold,https://a.example
2,,https://b.example
,,
3,Sell,lms/3
4,Sell, too,https://c.example
"""
    intake = taken(make_file("x.csv", text))
    assert list(intake.courses) == ["1"]
    assert intake.listed == 4
    assert intake.remarks == [
        "x.csv, line 3: title: it is empty; fill it in or remove the line",
        "x.csv, line 5: url: lms/3 is no address; write it with https://",
    ]
    (error,) = intake.errors
    assert error.startswith("x.csv, line 6: more cells than the 3 columns; put cells")
    assert sorted(intake.notes.rejected) == ["2", "3"]
