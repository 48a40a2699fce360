"""Microdata and RDFa as pages write them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.engines import markup


def test_microdata_and_rdfa_survive_what_pages_do() -> None:
    page = """<p itemprop="name">loose</p><div itemscope itemref="a b" id="c">
<i itemprop="x y">1</i></div>
<div id="a" itemprop="z" itemscope itemref="c"><i itemprop="x">2</i></div>
<i typeof>
<b property="og:x schema:name dc:y">N</b><b property="http://schema.org/teaches" resource="#t">
</b></i>"""
    found = markup.layers(page)
    assert found["microdata"].nodes == (
        {"x": ["1"], "y": ["1"], "z": [{"x": ["2"]}]},
        {"x": ["2"]},
        {"name": ["loose"]},
    )
    assert found["rdfa"].nodes == ({"name": ["N"], "teaches": [{"@id": "#t"}]},)


def test_items_that_refer_to_each_other_are_no_endless_tree() -> None:
    page = """<div id="p"><div itemscope itemprop="a" itemref="q"></div></div>
<div id="q"><div itemscope itemprop="b" itemref="p"></div></div>"""
    assert markup.layers(page)["microdata"].nodes == ()


@pytest.mark.parametrize(
    "page",
    [
        "<div itemscope itemprop=x>" * 20_000,
        "<div typeof=Course property=x>" * 20_000,
        "<div itemscope id=a itemref=a itemprop=a>" * 5_000,
    ],
)
def test_a_page_made_to_be_slow_is_read_at_once(page: str) -> None:
    # where the reading is quadratic, or recursive, this hangs or fails
    assert len(markup.layers(page)["microdata"].nodes) < 200


@given(st.text(alphabet="<>/=\"' aitemscoprtyf\x00", max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_page_makes_the_reader_fail(text: str) -> None:
    markup.layers(f"<div itemscope><a itemprop=x typeof=y {text}")
