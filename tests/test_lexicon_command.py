"""`moocscout lexicon`: ESCO's labels come in behind our own pairs and go out again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalogue.course import Course
from recommend import files, lexicon
from recommend.lexicon_command import commands

COLUMNS = ("conceptUri", "skillType", "preferredLabel")
FRENCH = {
    "s1": "pisciculture",
    "s2": "fidélisation",
    "s3": "superviser les procédures de la région",
    "s4": "élevage de poissons",
}
ENGLISH = {"s1": "fish farming", "s2": "stickiness", "s3": "supervise procedures", "s5": "biology"}


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that labels are kept in, elsewhere than in the project."""
    place = tmp_path / "esco.csv"
    monkeypatch.setattr(lexicon, "IMPORTED_FILE", place)
    lexicon.bridge.cache_clear()
    yield place
    lexicon.bridge.cache_clear()


def download(path: Path, labels: dict[str, str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as lines:
        written = csv.writer(lines)
        written.writerow(COLUMNS)
        written.writerows((uri, "knowledge", label) for uri, label in labels.items())
    return str(path)


def run(*words: str) -> Result:
    result = CliRunner().invoke(commands, words)
    lexicon.bridge.cache_clear()
    return result


def others(words: str, language: str = "fr") -> set[str]:
    return {other for _, found in lexicon.met(words, language) for other in found.others}


def test_labels_come_in_behind_our_own_pairs_and_go_out_again(
    imported: Path, tmp_path: Path
) -> None:
    before = files.digest(*lexicon.FILES, imported)
    ours = others("fidélisation")
    assert others("pisciculture") == set()
    done = run(
        "esco", download(tmp_path / "fr.csv", FRENCH), download(tmp_path / "en.csv", ENGLISH)
    )
    assert done.exit_code == 0, done.output
    assert others("pisciculture") == {"fish farming"}
    assert others("fish farming", "en") == {"pisciculture"}
    assert others("fidélisation") == ours
    assert "région" not in imported.read_text(encoding="utf-8")
    assert files.digest(*lexicon.FILES, imported) != before
    assert run("esco", "--remove").exit_code == 0
    assert others("pisciculture") == set()


def test_one_language_alone_says_what_is_missing(imported: Path, tmp_path: Path) -> None:
    done = run("esco", download(tmp_path / "fr.csv", FRENCH))
    assert "in French and in English" in str(done.exception)
    assert not imported.exists()


WORDS = ("amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "heath", "isle", "knoll")


def test_what_the_catalogue_teaches_is_listed(stock: Callable[..., Path]) -> None:
    titles = [("Zythologie", "Beer science")] * 8
    titles += [(f"{word}eau", word) for word in WORDS for _ in range(4)]
    db = stock(
        *(
            Course(
                platform="fun",
                ref=f"c{at}",
                title=french,
                url=f"https://fun.example/{at}",
                language="fr",
                translations={"en": {"title": english}},
            )
            for at, (french, english) in enumerate(titles)
        )
    )
    assert "zythologie = beer science  (8 courses)" in run("learn", "--db", str(db)).output
    found = json.loads(run("learn", "--json", "--db", str(db)).output)
    assert found["pairs"][0]["french"] == "zythologie"
