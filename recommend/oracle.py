"""What our weights are held against: scikit-learn's TfidfVectorizer over our terms."""

from __future__ import annotations

import warnings
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from catalogue.words import fold
from recommend import text


def reference() -> Any:
    """The TfidfVectorizer that defines the scores. Stop words it could never meet are an error."""
    check_stop_words()
    return TfidfVectorizer(analyzer=text.course_terms, sublinear_tf=True)


def check_stop_words() -> None:
    """Raise ValueError for a stop word that our tokens would never equal."""
    checked = TfidfVectorizer(
        tokenizer=_folded, token_pattern=None, stop_words=sorted(text.stop_words())
    )
    # A warning turned into an error would be swallowed by scikit-learn's own except.
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        checked.build_analyzer()
    if said:
        raise ValueError(str(said[0].message))


def _folded(words: str) -> list[str]:
    return [fold(token) for token in text.tokens(words)]
