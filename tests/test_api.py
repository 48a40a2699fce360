"""The API: its document is true, its answers keep their shape, wrong requests name the fix."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import jsonschema
import pytest
from datasette.app import Datasette

from catalogue.course import Course
from recommend import index, profile, rank
from recommend.serving import application
from recommend.web.api_endpoints import ENDPOINTS
from recommend.web.api_spec import ROOT, Param
from recommend.web.site import Site

Stock = Callable[..., Path]
DAY = "2026-11-22"


@attrs.define
class Api:
    """Asks a Datasette's API."""

    datasette: Datasette
    path: Path
    loop: asyncio.AbstractEventLoop

    def ask(self, path: str, method: str = "GET", **headers: str) -> Any:
        client = self.datasette.client
        return self.loop.run_until_complete(client.request(method, ROOT + path, headers=headers))

    def document(self) -> Any:
        return self.ask("/openapi.json").json()


@pytest.fixture
def serve(stock: Stock) -> Iterator[Callable[..., Api]]:
    """The API of the shelf's courses: `serve(public=True)`."""
    loop = asyncio.new_event_loop()

    def start(*courses: Course, **how: Any) -> Api:
        path = stock(*courses)
        index.ensure(path).close()
        return Api(application(path, day=DAY, **how), path, loop)

    yield start
    loop.close()


def answer_schema(api: Api, address: str, status: int) -> Any:
    operation = api.document()["paths"][ROOT + address]["get"]
    (content,) = operation["responses"][str(status)]["content"].values()
    return content["schema"]


def some_value(param: Param, chance: random.Random) -> str:
    """A value that the document allows."""
    schema = param.schema
    if schema["type"] == "array":
        each = schema["items"]
        return ",".join(chance.sample(each.get("enum") or [each["example"]], k=1))
    if "enum" in schema:
        return str(chance.choice(schema["enum"]))
    if schema["type"] == "integer":
        return str(chance.randint(schema["minimum"], schema["maximum"]))
    if schema["type"] == "number":
        return str(round(chance.uniform(schema["minimum"], schema["maximum"]), 2))
    if "example" in schema:
        return str(schema["example"])
    return DAY if schema.get("format") == "date" else chance.choice(["nudge", "é ; ' % *", "1"])


REF = {"platform": "fun", "ref": "1"}


def address(path: str) -> str:
    return path.replace("{platform}", REF["platform"]).replace("{ref}", REF["ref"])


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
def test_answers_have_the_declared_shape(serve: Callable[..., Api], endpoint: Any) -> None:
    api = serve()
    shape = answer_schema(api, endpoint.path, 200)
    chance = random.Random(endpoint.name)
    params = [param for param in endpoint.params(["fun"]) if param.place == "query"]
    for _ in range(12):
        some = {p.name: some_value(p, chance) for p in params if chance.random() < 0.4}
        if endpoint.name in ("recommend", "explain"):
            some["profile"] = "cmo"
        if endpoint.name == "search":
            some["q"] = "nudge"
        query = "&".join(f"{name}={quote(value)}" for name, value in some.items())
        answer = api.ask(f"{address(endpoint.path)}?{query}")
        assert answer.status_code == 200, (query, answer.text)
        assert answer.headers["content-type"].startswith("application/json")
        jsonschema.validate(answer.json(), shape)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
def test_what_is_out_of_bounds_is_refused_with_the_fix(
    serve: Callable[..., Api], endpoint: Any
) -> None:
    api = serve()
    shape = answer_schema(api, endpoint.path, 400)
    for param in endpoint.params(["fun"]):
        if param.place == "path":
            continue
        values = ["x" * 5000]
        if param.schema["type"] in ("number", "integer"):
            values += ["nan", "-1e9", "1e99", "1_0", "١", ""]
        for value in values:
            answer = api.ask(f"{address(endpoint.path)}?{param.name}={quote(value)}")
            assert answer.status_code == 400, (param.name, value[:20], answer.text[:200])
            assert answer.headers["content-type"] == "application/problem+json"
            jsonschema.validate(answer.json(), shape)
            assert param.name in answer.json()["detail"]
            assert len(answer.text) < 800
    stray = api.ask(f"{address(endpoint.path)}?nonsense=1")
    assert (stray.status_code, stray.json()["parameter"]) == (400, "nonsense")


def test_recommend_says_what_the_command_says(serve: Callable[..., Api]) -> None:
    api = serve()
    who = profile.load("directeur-marketing")
    with index.ensure(api.path).db as db:
        ours = rank.rank(db, index.ensure(api.path), who, DAY).as_json()
    assert api.ask("/recommend?profile=directeur-marketing").json() == json.loads(json.dumps(ours))
    best = ours["matches"][0]["course"]
    named = f"/explain/{best['platform']}/{quote(best['ref'], safe='')}"
    (alone,) = api.ask(f"{named}?profile=directeur-marketing").json()["matches"]
    assert alone["score"] == ours["matches"][0]["score"]


def test_what_is_over_within_a_week_has_no_hours_a_week(serve: Callable[..., Api]) -> None:
    days = Course(
        platform="fun", ref="two", url="https://fun.example/two", title="Le nudge en deux jours",
        language="fr", weeks=0.286, total_hours=14.0, weekly_hours_low=49.0, weekly_hours_high=49.0,
    )  # fmt: skip
    api = serve(days)
    (match,) = api.ask("/recommend?wants=nudge&hours=3").json()["matches"]
    (found,) = api.ask("/search?q=nudge").json()["courses"]
    for told in (match["course"], found, api.ask("/courses/fun/two").json()):
        assert (told["weekly_hours"], told["hours"]) == (None, 14.0)


def test_nothing_asked_nothing_found(serve: Callable[..., Api]) -> None:
    api = serve()
    assert api.ask("/recommend").json()["matches"] == []
    assert len(api.ask("/search?limit=3").json()["courses"]) == 3
    for path in ("/courses/fun/none", "/explain/fun/none?profile=cmo", "/nowhere", ""):
        answer = api.ask(path)
        assert answer.status_code == 404
        assert answer.json()["detail"]
    assert str(api.path) not in api.ask("/courses/fun/none").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/recommend?profile=cmo&reads=xx", "codes, such as fr, en or es; got: xx"),
        ("/recommend?profile=cmo&reads=french", "reads must look like fr"),
        ("/recommend?profile=cmo&lang=de", "there is: en, fr"),
        ("/recommend?profile=cmo&w_opne=1", "did you mean w_open,"),
        ("/recommend?profile=directeur-marketting", "did you mean directeur-marketing?"),
        ("/recommend?profile=cmo&profile=crm", "profile is said 2 times; say it once"),
        ("/search?q=a&q=b", "q is said 2 times; say it once"),
        ("/changes?what=new&what=prise+up", "did you mean price up?"),
        ("/stats?x=1", "there is: none"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_near(
    serve: Callable[..., Api], asked: str, said: str
) -> None:
    answer = serve().ask(asked)
    assert answer.status_code == 400
    assert said in f"{answer.json()['detail']},"


def test_a_list_may_come_in_pieces(serve: Callable[..., Api]) -> None:
    api = serve()
    both = api.ask("/recommend?profile=cmo&reads=fr&reads=en").json()
    assert both["profile"]["reads"] == ["fr", "en"]
    assert both["matches"] == api.ask("/recommend?profile=cmo&reads=fr,en").json()["matches"]


def test_any_language_may_be_read(serve: Callable[..., Api]) -> None:
    found = serve().ask("/recommend?profile=cmo&reads=fr,es").json()
    assert found["profile"]["reads"] == ["fr", "es"]


@pytest.mark.parametrize("address", ["/stats", "/openapi.json"])
def test_what_nobody_foresaw_is_a_problem_and_is_logged(
    serve: Callable[..., Api],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    address: str,
) -> None:
    api = serve()
    shape = answer_schema(api, "/stats", 500)

    async def broken(*_: object) -> None:
        raise ZeroDivisionError("/secret/path")

    monkeypatch.setattr(Site, "overview", broken)
    answer = api.ask(address)
    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert answer.headers["content-type"] == "application/problem+json"
    jsonschema.validate(answer.json(), shape)
    assert "secret" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_form_sent_to_it_gets_its_own_answer(serve: Callable[..., Api]) -> None:
    api = serve()
    sent = {"content-type": "application/x-www-form-urlencoded", "cookie": "ds_actor=x"}
    answer = api.ask("/stats", "POST", **sent)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_unchanged_data_need_not_be_sent_twice(serve: Callable[..., Api]) -> None:
    api = serve(public=True)
    first = api.ask("/stats")
    assert "max-age" in first.headers["cache-control"]
    again = api.ask("/stats", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    strong = first.headers["etag"].removeprefix("W/")
    for held in ("*", strong, f'"other", {strong}'):
        assert api.ask("/stats", **{"If-None-Match": held}).status_code == 304
    assert api.ask("/stats", **{"If-None-Match": 'W/"other"'}).status_code == 200
    assert api.ask("/courses/fun/none", **{"If-None-Match": "*"}).status_code == 404
    assert api.ask("/platforms").headers["etag"] != first.headers["etag"]


def test_it_is_read_only(serve: Callable[..., Api]) -> None:
    api = serve()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = api.ask("/stats", method)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_who_may_not_see_the_database_may_not_ask(serve: Callable[..., Api]) -> None:
    api = serve()
    api.datasette._metadata_local["databases"]["catalogue"]["allow"] = False
    for path in ("/stats", "/openapi.json", "/recommend?profile=cmo"):
        assert api.ask(path).status_code == 403


def test_the_document_holds_every_endpoint_and_docs_name_them(serve: Callable[..., Api]) -> None:
    document = serve().document()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {ROOT + each.path for each in ENDPOINTS}
    docs = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    for each in ENDPOINTS:
        assert f"`{each.path}`" in docs, each.path
        for param in each.params(["fun"]):
            plain = "w_…" if param.name.startswith("w_") else param.name
            assert f"`{plain}`" in docs, param.name
