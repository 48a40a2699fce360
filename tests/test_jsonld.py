"""JSON-LD as sites write it: shapes, references, and the ways it is broken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.clean import Workload
from catalogue.errors import Unreadable
from crawlers.engines import jsonld
from crawlers.engines.jsonld import read

COURSE = {"@type": "Course", "name": "Colour"}


def block(content: Any, attributes: str = 'type="application/ld+json"') -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return f"<script {attributes}>{text}</script>"


def names(page: str) -> list[Any]:
    return [node["name"] for node in read(page).of("Course")]


@pytest.mark.parametrize(
    "content",
    [
        COURSE,
        [{"@type": "WebSite"}, COURSE],
        {"@context": "https://schema.org", "@graph": [COURSE]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": COURSE}]},
        {"@type": ["Product", "Course"], "name": "Colour"},
        {"@type": "https://schema.org/Course", "name": "Colour"},
        {"@type": "schema:Course", "name": "Colour"},
        {"@type": "EducationalOccupationalProgram", "hasCourse": COURSE},
    ],
    ids=["object", "array", "graph", "list", "types", "address", "prefix", "nested"],
)
def test_a_course_is_found_wherever_it_stands(content: Any) -> None:
    assert names(block(content)) == ["Colour"]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Course", "name": "Colour",}',
        '{"@type": "Course", "description": "two\nlines\tand a tab", "name": "Colour"}',
        "{&quot;@type&quot;: &quot;Course&quot;, &quot;name&quot;: &quot;Colour&quot;}",
        "{&quot;@type&quot;: &quot;Course&quot;, &quot;name&quot;: &quot;Colour&quot;,}",
        '<![CDATA[{"@type": "Course", "name": "Colour"}]]>',
        '//<![CDATA[\n{"@type": "Course", "name": "Colour"}\n//]]>',
        '/*<![CDATA[*/{"@type": "Course", "name": "Colour"}/*]]>*/',
        '<!-- {"@type": "Course", "name": "Colour"} -->',
        '\ufeff {"@type": "Course", "name": "Colour"};',
        '{"@type": "Course", "name": "Colour", "rating": NaN}',
        "{'@type': 'Course', name: 'Colour'}",
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert names(block(text)) == ["Colour"]


@pytest.mark.parametrize(
    "attributes",
    [
        "type=application/ld+json",
        "type='application/ld&#x2B;json' nonce=x",
        'id="a" TYPE="application/LD+JSON; charset=utf-8"',
    ],
)
def test_the_script_element_is_known_however_written(attributes: str) -> None:
    assert names(block(COURSE, attributes)) == ["Colour"]


def test_an_unreadable_block_costs_only_itself() -> None:
    found = read(block("{{{ no") + block(COURSE) + block("") + block("[" * 100_000))
    assert [node["name"] for node in found.nodes] == ["Colour"]
    assert [words[:6] for words in found.unreadable] == ["{{{ no", "", "[[[[[["]


def test_html_escapes_inside_whole_json_stay() -> None:
    page = block({"@type": "Course", "name": "&quot;Colour&quot; &amp; light"})
    assert names(page) == ["&quot;Colour&quot; &amp; light"]


def test_a_script_that_is_never_closed_is_left_out() -> None:
    assert names(block(COURSE) + '<script type="application/ld+json">{"@type": "Cou') == ["Colour"]


def test_references_are_resolved_within_the_page_and_across_blocks() -> None:
    course = COURSE | {"@id": "#c", "provider": [{"@id": "#u"}, {"@id": "#missing"}, "Town"]}
    page = block(course) + block(
        {
            "@graph": [
                {"@type": "Organization", "@id": "#u", "name": "Example", "owns": {"@id": "#c"}}
            ]
        }
    )
    found = read(page)
    (node,) = found.of("Course")
    assert found.texts(node, "provider") == ("Example", "Town")
    (owner,) = found.of("Organization")
    assert found.nodes_of(owner, "owns") == [node]


def test_a_node_told_in_two_blocks_is_one_node() -> None:
    page = block(COURSE | {"@id": "#c"}) + block({"@id": "#c", "@type": "Course", "teaches": "x"})
    (node,) = read(page).of("Course")
    assert (node["name"], node["teaches"]) == ("Colour", "x")


def test_one_id_for_every_course_of_a_list_does_not_make_them_one() -> None:
    page = block([{"@type": "Course", "@id": "/course", "name": name} for name in "abc"])
    assert names(page) == ["a", "b", "c"]


def test_one_value_and_a_list_are_the_same_thing() -> None:
    found = read(block(COURSE | {"a": "x", "b": ["x", [None, " ", "y"]], "c": {"@value": "z"}}))
    (node,) = found.of("Course")
    assert [found.texts(node, name) for name in "abcd"] == [("x",), ("x", "y"), ("z",), ()]


def test_words_are_text_figures_and_names() -> None:
    value = ["x", 4.8, 0, True, {"name": ["N", "M"]}, {"url": "u"}, {"@list": ["l"]}]
    found = read(block(COURSE | {"p": value}))
    assert found.texts(found.nodes[0], "p") == ("x", "4.8", "0", "N", "l")


@pytest.mark.parametrize(
    ("words", "weeks", "weekly", "total"),
    [
        ("PT3H Weekly x 4", 4.0, 3.0, 12.0),
        ("PT3H Daily x 31", 4.4, 21.0, 93.0),
        ("PT90M https://schema.org/weekly x 6", 6.0, 1.5, 9.0),
    ],
)
def test_a_schedule_is_a_workload(words: str, weeks: float, weekly: float, total: float) -> None:
    load = Workload(weeks=weeks, weekly_low=weekly, weekly_high=weekly, total_hours=total)
    assert jsonld.schedule(words) == load


@pytest.mark.parametrize("words", ["PT3H Fortnightly x 4", "soon Weekly x 4", "PT3H Weekly x 0"])
def test_a_schedule_that_is_none_is_unreadable(words: str) -> None:
    with pytest.raises(Unreadable):
        jsonld.schedule(words)


@given(st.text(alphabet='{}[]":,\\ab<>/!-&;#\n\ufeff', max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read(block(text) + text + '<script type="application/ld+json"' + text)


@pytest.mark.parametrize(
    "page",
    ["<script " * 100_000, '<script type="application/ld+json">' * 20_000, "<" * 10**6],
)
def test_a_page_made_to_be_slow_is_read_at_once(page: str) -> None:
    # where the reading is quadratic this hangs for minutes
    assert read(page).nodes == ()
