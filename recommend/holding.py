"""Which courses hold a topic: its forms as posting lists, and where all words of one meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recommend import loops, topics
from recommend.index import Index, Posting

Form = tuple[Posting, ...]


def forms(index: Index, wanted: Iterable[str], language: str) -> dict[str, list[Form]]:
    """Each topic's forms as posting lists, without those that no course holds."""
    written = {topic: topics.forms(topic, language) for topic in wanted}
    held = index.postings({stem for each in written.values() for form in each for stem in form})
    return {
        topic: [tuple(held[s] for s in form) for form in each if all(s in held for s in form)]
        for topic, each in written.items()
    }


def courses(held: Iterable[Sequence[Posting]]) -> set[int]:
    """Ids of the listed courses that hold all words of any of the forms."""
    found: set[int] = set()
    for form in held:
        found.update(loops.meeting(posting.docs for posting in form))
    return found


def spoken(index: Index, wanted: Sequence[str], language: str) -> Mapping[str, set[int]]:
    """Ids of the listed courses that hold each topic."""

    def found() -> dict[str, set[int]]:
        held = forms(index, wanted, language)
        return {topic: courses(each) for topic, each in held.items()}

    return index.memory.made(("spoken", tuple(wanted), language), found)


def surely(index: Index, wanted: Sequence[str], language: str) -> Mapping[str, set[int]]:
    """Ids of the listed courses that say each topic in one word, or in two that are a phrase."""

    def found() -> dict[str, set[int]]:
        terms = {
            topic: [" ".join(form) for form in topics.forms(topic, language) if len(form) <= 2]
            for topic in wanted
        }
        held = index.postings(term for each in terms.values() for term in each)
        return {
            topic: set[int]().union(*(held[term].docs for term in each if term in held))
            for topic, each in terms.items()
        }

    return index.memory.made(("surely", tuple(wanted), language), found)
