"""What each ingredient of the ranking is worth: the same measurement without it.

An ablation of a signal is a weight of 0. One of the text model is a change to a module, made for
the time of one measurement and undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from statistics import fmean
from typing import Any
from unittest.mock import patch

import attrs

from catalogue import words
from recommend import experience, files, judged_rows, lexicon, query, text, topics
from recommend.evaluate import Cases, Report, ours
from recommend.index import Index
from recommend.memory import Memory
from recommend.profile import Profile

SIGNALS = ("focus", "wishes", "substance", "introduction", "tone", "rating", "completeness")
"""Those that can speak for a profile without constraints."""
QUERY: Mapping[str, tuple[tuple[Any, str, Any], ...]] = {
    "bridge between languages": ((query, "_crossed", lambda _profile: ()),),
    "what one knows is no wish": ((query, "wished", lambda said: said),),
    "wishes count more than text": ((query, "WANTED", 1.0),),
    "words of a phrase count less apart": ((query, "APART", 1.0),),
    "what says nothing alone": ((text, "_unread", frozenset),),
}
TEXT: Mapping[str, tuple[tuple[Any, str, Any], ...]] = {
    "phrases": ((text, "PHRASED", ()),),
    "title three times": ((text, "FIELDS", {**text.FIELDS, "title": 1}),),
    "French stems": ((words, "_STEMMERS", words._STEMMERS[1:]),),
    "stop words": ((text, "stop_words", frozenset),),
    "names kept whole": ((text, "names", dict), (text, "_openings", dict)),
    "words kept apart": ((text, "_apart", dict),),
    "one spelling": ((words, "one_spelling", str), (text, "one_spelling", str)),
    "no phrase over a pause": ((text, "phrased", lambda said: [said]),),
}
"""Ingredient -> what stands in its place: (module, name, value). TEXT needs the index anew."""


def ablations(cases: Cases, found: Index) -> dict[str, Report]:
    """The report without each ingredient, one at a time."""
    reports = {}
    for name in SIGNALS:
        without = attrs.evolve(cases, profiles=_weighing(cases.profiles, {name: 0.0}))
        reports[f"signal {name}"] = without.report(ours(found))
    for name, changes in QUERY.items():
        with _changed(changes):
            reports[name] = cases.report(ours(attrs.evolve(found, memory=Memory())))
    for name, changes in TEXT.items():
        with _changed(changes):
            reports[name] = cases.report(ours(judged_rows.catalogue_of(cases.courses)))
    return reports


def _weighing(profiles: Sequence[Profile], weights: Mapping[str, float]) -> list[Profile]:
    return [attrs.evolve(who, weights={**who.weights, **weights}) for who in profiles]


@contextmanager
def _changed(changes: Sequence[tuple[Any, str, Any]]) -> Iterator[None]:
    """Modules changed for a while; what they remember of words is forgotten before and after."""
    with ExitStack() as stack:
        _forget()
        stack.callback(_forget)
        # The bridge is read anew, and not from what was kept of another text model.
        stack.enter_context(patch.object(files, "kept", lambda _name, _read, make: make()))
        for module, name, value in changes:
            stack.enter_context(patch.object(module, name, value))
        yield


def _forget() -> None:
    for remembered in (
        *(words.stems, text.stems, text._names, experience.phrases),
        *(topics.forms, topics._said, lexicon.bridge),
    ):
        clear: Callable[[], None] = getattr(remembered, "cache_clear", lambda: None)
        clear()


GRID = tuple(product((0.0, 1.0, 2.0), (0.0, 1.0, 2.0)))
"""Weights of the signals introduction and focus among which leave-one-out chooses."""


def leave_one_out(cases: Cases, found: Index) -> dict[str, Any]:
    """Each profile under the weights of GRID that are best for the others (equal: the first)."""
    scores = []
    for introduction, focus in GRID:
        weights = {"introduction": introduction, "focus": focus}
        weighed = attrs.evolve(cases, profiles=_weighing(cases.profiles, weights))
        scores.append([each.ndcg for each in weighed.report(ours(found)).profiles])
    found_: dict[str, float] = {}
    for at, who in enumerate(cases.profiles):
        rest = [fmean(s for i, s in enumerate(each) if i != at) for each in scores]
        found_[who.name] = scores[rest.index(max(rest))][at]
    languages = {who.name: who.language for who in cases.profiles}
    return {
        "ndcg": {
            "all": fmean(found_.values()),
            **{
                language: fmean(held)
                for language in ("fr", "en")
                if (held := [v for name, v in found_.items() if languages[name] == language])
            },
        },
        "profiles": found_,
    }
