"""The notebooks run from the first cell to the last, and hold no output in git."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import lxml.html
import nbformat
import pytest

from recommend import ablation, lexicon

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small catalogue with a week of history, harvested from the demo's sites."""
    folder = tmp_path_factory.mktemp("notebooks")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOOCSCOUT")}
    subprocess.run(
        [sys.executable, "-m", "moocscout", "demo", "--day", "2026-11-22", "--into", str(folder)],
        env=clean | {"DEMO_SERVE": "0"},
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return folder / "catalogue.db"


def executed(path: Path, **environment: str) -> Any:
    """The notebook after a run in a kernel of its own, from the checkout."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    client.execute(
        env={**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"} | environment
    )
    return notebook


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def printed(notebook: Any) -> str:
    return "".join(output.text for output in outputs(notebook) if output.output_type == "stream")


def pictures(notebook: Any) -> int:
    return sum("image/png" in output.get("data", {}) for output in outputs(notebook))


def quoted_from_the_method(notebook: Any) -> list[str]:
    """The ingredients of the table that stands beside the notebook's own figures."""
    (table,) = (
        output.data["text/html"]
        for output in outputs(notebook)
        if "gain, second" in output.get("data", {}).get("text/html", "")
    )
    page = lxml.html.fromstring(table)
    assert {row.cssselect("td")[-1].text for row in page.cssselect("tbody tr")}.isdisjoint({"NaN"})
    return [row.cssselect("th")[0].text for row in page.cssselect("tbody tr")]


def test_there_are_four() -> None:
    assert [path.name[0] for path in NOTEBOOKS] == list("1234")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_git_holds_no_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_read_as_documents(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert prose[0].startswith("# ")
    assert len(" ".join(prose).split()) > 150
    assert len(prose) >= len(cells) / 3


@pytest.mark.parametrize(
    ("name", "drawn"), [("1", 3), ("2", 2), ("4", 2)], ids=["explore", "ranking", "topics"]
)
def test_they_run_on_the_demo_s_catalogue(catalogue: Path, name: str, drawn: int) -> None:
    (path,) = (path for path in NOTEBOOKS if path.name.startswith(name))
    done = executed(path, MOOCSCOUT_DB=str(catalogue))
    assert pictures(done) >= drawn
    errors = [o for o in outputs(done) if o.get("name") == "stderr"]
    assert not errors
    if name == "2":
        assert f"{len(lexicon.pairs()):,} pairs, and {len(lexicon.wishes()):,} French" in printed(
            done
        )


def test_the_evaluation_says_when_there_is_nothing_to_measure(tmp_path: Path) -> None:
    done = executed(NOTEBOOKS[2], MOOCSCOUT_JUDGED=str(tmp_path))
    assert printed(done) == (
        "The judged courses are not beside this checkout, so there is nothing to measure here.\n"
    )


@pytest.mark.shared
def test_the_evaluation_runs_on_judged_courses(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data"
    judgements = json.loads((folder / "judgements_dev.json").read_text(encoding="utf-8"))
    judged = {course for grades in judgements.values() for course in grades}
    with gzip.open(folder / "courses_real.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    some = {row["cid"] for row in random.Random(0).sample(rows, 500)}
    kept = [row for row in rows if row["cid"] in judged | some]
    with gzip.open(tmp_path / "courses_real.csv.gz", "wt", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    for name in ("profiles_dev.json", "judgements_dev.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    done = executed(NOTEBOOKS[2], MOOCSCOUT_JUDGED=str(tmp_path))
    figures = dict(line.rsplit(": ", 1) for line in printed(done).splitlines() if ": " in line)
    named = ("whole", "without bridge between languages")
    whole, bare = (float(figures[name].split()[0]) for name in named)
    assert whole > bare + 0.1
    measured = {name.removeprefix("without ") for name in figures if name.startswith("without ")}
    ingredients = {
        *(f"signal {name}" for name in ablation.SIGNALS),
        *ablation.QUERY,
        *ablation.TEXT,
    }
    assert measured == ingredients
    assert set(quoted_from_the_method(done)) == ingredients
    assert pictures(done) == 2
