"""Are two listings the same course? Pure: listings in, clusters with a score and a reason out.

Candidates share a title, or a provider and a rare word of the title. Of each pair, three things
are asked: title, provider, description; a short table says which answers make one course. What
sets two courses apart for certain (language, part, level, the provider's own number) goes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from operator import attrgetter

import attrs
from rapidfuzz import fuzz

from catalogue.listing import Listing
from catalogue.words import tokens

SAME_TEXT, VERY_SAME_TEXT = 0.7, 0.85
"""Share of the shorter description's longer words that the other one holds, too."""
NEAR_TITLE = 80.0
"""rapidfuzz's token_sort_ratio of two titles that may be one, reworded."""
_SHORT = 12
"""A description of fewer longer words than this does not tell."""
_CROWD = 60
"""Listings under one title that are still compared each with each."""
_COMMON = 30
"""Courses of one provider that share a word; a word of more is not rare."""

_GENERIC = frozenset(
    tokens(
        "university universite universidad universita universitat universiteit universidade"
        " institute institut instituto school ecole college academy academie group team online"
        " open national international state technology of"
    )
)


@attrs.frozen(order=True)
class Pair:
    """Two listings that are the same course: how sure that is, from 0 to 1, and why."""

    a: int
    b: int
    score: float
    reason: str


@attrs.frozen
class Member:
    """One listing of a cluster, with the one of the others that it was found the same as."""

    id: int
    nearest: int
    score: float
    reason: str


Cluster = tuple[Member, ...]
Verdicts = Mapping[frozenset[int], tuple[bool, str]]
"""What a person decided of two ids: the same or not, and the person's note."""

# (title, provider, least share of the description, on one platform) -> score, reason. The first
# line that fits wins; a share of 0 asks for no description.
_TABLE = (
    ("same", "same", SAME_TEXT, False, 0.99, "same title, provider and description"),
    ("same", "same", 0.0, False, 0.95, "same title and provider"),
    ("same", "part", SAME_TEXT, False, 0.95, "same title and description, similar provider"),
    ("same", "part", 0.0, False, 0.85, "same title, one provider's name within the other's"),
    ("same", "unknown", SAME_TEXT, False, 0.85, "same title and description, a provider not named"),
    ("same", "other", SAME_TEXT, False, 0.75, "same title and description, another provider named"),
    ("near", "same", VERY_SAME_TEXT, False, 0.85, "similar title, same provider and description"),
    ("same", "same", SAME_TEXT, True, 0.8, "listed twice: same title, provider and description"),
    ("same", "part", SAME_TEXT, True, 0.75, "listed twice: same title and description"),
)


def judge(a: Listing, b: Listing) -> Pair | None:
    """The two as one course, or None."""
    title = _title(a, b)
    if title == "other" or apart(a, b):
        return None
    provider, here = _provider(a, b), a.platform == b.platform
    for *evidence, share, where, score, reason in _TABLE:
        if evidence == [title, provider] and where is here and _alike(a, b) >= share:
            said = reason if title == "near" or a.key == b.key else f"{reason}, by its translation"
            return Pair(min(a.id, b.id), max(a.id, b.id), score, said)
    return None


def apart(a: Listing, b: Listing) -> bool:
    """Are they two courses for certain, whatever else is alike?"""
    if a.kind != b.kind:
        return True
    if a.platform == b.platform and None not in (a.number, b.number) and a.number != b.number:
        return True
    if a.keys.isdisjoint(b.keys):
        return a.marks != b.marks or _bracketed_apart(a.bracketed, b.bracketed)
    translated = a.key != b.key
    return bool(a.spoken and b.spoken and a.spoken != b.spoken and not translated)


def _bracketed_apart(one: str, other: str) -> bool:
    """ "(Clinical perspective)" is not "(Social perspective)"."""
    return bool(one and other) and fuzz.token_sort_ratio(one, other) < 95


def _title(a: Listing, b: Listing) -> str:
    if not a.keys.isdisjoint(b.keys):
        return "same"
    if fuzz.ratio(a.ordered, b.ordered, score_cutoff=NEAR_TITLE) >= NEAR_TITLE:
        return "near"
    if min(len(a.words), len(b.words)) < 2:
        return "other"
    within = set(a.words).issuperset(b.words) or set(b.words).issuperset(a.words)
    return "near" if within else "other"


def _provider(a: Listing, b: Listing) -> str:
    if not a.providers or not b.providers:
        return "unknown"
    if not a.providers.isdisjoint(b.providers):
        return "same"
    alike = any(_within(one, other) for one in a.providers for other in b.providers)
    return "part" if alike else "other"


def _within(one: str, other: str) -> bool:
    """Is one name part of the other, or its initials? "University" alone is no name."""
    first, second = set(one.split()), set(other.split())
    shorter = first if len(first) <= len(second) else second
    if shorter - _GENERIC and (first <= second or second <= first):
        return True
    if first - _GENERIC and first - _GENERIC == second - _GENERIC:
        return True
    initials = {"".join(word[0] for word in name.split()) for name in (one, other)}
    return any(len(name) > 2 and name in initials for name in (one, other))


def _alike(a: Listing, b: Listing) -> float:
    """Share of the shorter description that stands in the other one; 0 where it does not tell."""
    fewer = min(len(a.content), len(b.content))
    return len(a.content & b.content) / fewer if fewer >= _SHORT else 0.0


def candidates(listings: Sequence[Listing]) -> Iterator[tuple[Listing, Listing]]:
    """Pairs worth a judgement, each once."""
    seen: set[tuple[int, int]] = set()
    for block in (*_by_title(listings), *_by_provider(listings)):
        for a, b in combinations(block, 2):
            pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
            if pair not in seen:
                seen.add(pair)
                yield a, b


def _blocks(
    listings: Iterable[Listing], keys: Callable[[Listing], Iterable[Hashable]]
) -> Iterable[list[Listing]]:
    """Those that share a key, for every key that several listings have."""
    met: dict[Hashable, Listing] = {}
    blocks: dict[Hashable, list[Listing]] = {}
    for listing in listings:
        for key in keys(listing):
            first = met.setdefault(key, listing)
            if first is not listing:
                blocks.setdefault(key, [first]).append(listing)
    return blocks.values()


def _by_title(listings: Sequence[Listing]) -> Iterator[list[Listing]]:
    for block in _blocks(listings, attrgetter("keys")):
        if len(block) <= _CROWD:
            yield block
        else:
            # "Marketing" of half the world: only those of one provider can be the same.
            named = _blocks(block, attrgetter("providers"))
            yield from (each for each in named if len(each) <= 10 * _CROWD)


def _by_provider(listings: Sequence[Listing]) -> Iterator[list[Listing]]:
    spread = Counter(chain.from_iterable(set(listing.words) for listing in listings))
    homes = {(name, each.platform) for each in listings for name in each.providers}
    # Most providers are on one platform alone, and need no comparing.
    wide = {name for name, count in Counter(name for name, _ in homes).items() if count > 1}

    def keys(listing: Listing) -> Iterator[tuple[str, str]]:
        words = sorted(sorted(set(listing.words)), key=spread.__getitem__)
        shared = [word for word in words[:3] if spread[word] > 1]
        return product(listing.providers & wide, shared)

    for block in _blocks((each for each in listings if each.providers & wide), keys):
        if len(block) <= _COMMON and len({listing.platform for listing in block}) > 1:
            yield block


def clusters(listings: Sequence[Listing], verdicts: Verdicts | None = None) -> list[Cluster]:
    """Listings that are one course, the surest pairs joined first.

    Two groups are not joined when any two of their listings are certainly apart, or when a
    person said so: a chain of likenesses never makes one course of two.
    """
    decided = verdicts or {}
    by_id = {listing.id: listing for listing in listings}
    found = [pair for a, b in candidates(listings) if (pair := judge(a, b)) is not None]
    pairs = [pair for pair in found if frozenset((pair.a, pair.b)) not in decided]
    for ids, (same, note) in decided.items():
        if same and ids <= by_id.keys() and len(ids) == 2:
            pairs.append(Pair(min(ids), max(ids), 1.0, f"by hand: {note}" if note else "by hand"))
    groups: dict[int, set[int]] = {}
    kept = []
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b)):
        first, second = (groups.get(each, {each}) for each in (pair.a, pair.b))
        if first is not second and _parted(first, second, by_id, decided, pair):
            continue
        kept.append(pair)
        joined = first | second
        groups.update(dict.fromkeys(joined, joined))
    return sorted(_members(kept, groups), key=lambda cluster: cluster[0].id)


def _parted(
    first: set[int],
    second: set[int],
    by_id: Mapping[int, Listing],
    decided: Verdicts,
    pair: Pair,
) -> bool:
    for one in first:
        for other in second:
            said = decided.get(frozenset((one, other)))
            if said is not None and not said[0]:
                return True
            if said is None and pair.score < 1 and apart(by_id[one], by_id[other]):
                return True
    return False


def _members(pairs: Iterable[Pair], groups: Mapping[int, set[int]]) -> Iterator[Cluster]:
    nearest: dict[int, Member] = {}
    for pair in pairs:
        for own, other in ((pair.a, pair.b), (pair.b, pair.a)):
            nearest.setdefault(own, Member(own, other, pair.score, pair.reason))
    for ids in {id(group): group for group in groups.values()}.values():
        yield tuple(nearest[each] for each in sorted(ids))
