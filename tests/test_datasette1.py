"""The published file and its settings on the next Datasette, where there is one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from catalogue.publish.queries import QUERIES
from recommend import index

INTERPRETER = os.environ.get("MOOCSCOUT_DATASETTE1", "")
pytestmark = [
    pytest.mark.skipif(
        not INTERPRETER,
        reason="MOOCSCOUT_DATASETTE1 names no interpreter that has Datasette 1.0:"
        " deploy/datasette-1.sh makes one",
    ),
]


@pytest.fixture(scope="module")
def told(demo_run: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("next") / "catalogue.db"
    shutil.copy(demo_run.catalogue, path)
    index.ensure(path).close()
    script = Path(__file__).with_name("datasette1.py")
    ours = sysconfig.get_paths()
    ended = subprocess.run(
        [INTERPRETER, script, path, "2026-11-22", ours["purelib"], ours["platlib"]],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_it_is_the_next_datasette(told: dict[str, Any]) -> None:
    assert told["version"].startswith("1.")


def test_every_page_answers(told: dict[str, Any]) -> None:
    refused = ("/catalogue?sql=", "/-/databases.json", "/catalogue/course?_facet=")
    statuses = {page: said["status"] for page, said in told["pages"].items()}
    assert {s for page, s in statuses.items() if not page.startswith(refused)} == {200}, statuses
    assert {s for page, s in statuses.items() if page.startswith(refused)} <= {400, 403, 404}
    assert all(said["policy"] for said in told["pages"].values())


def test_saved_queries_show_their_rows_and_charts(told: dict[str, Any]) -> None:
    shown = {query.name: told["pages"][f"/catalogue/{query.name}?q=marketing"] for query in QUERIES}
    assert shown["access_by_platform"]["rows"] >= 2
    assert shown["by_platform"]["charts"] == 1
    drawn = {name for name, said in shown.items() if said["charts"]}
    empty = {"issues_by_platform", "sessions_calendar"}
    assert {query.name for query in QUERIES if query.chart} - empty <= drawn
