"""Which words of a course are worth naming beside a wish."""

from __future__ import annotations

from recommend.topics import telling


def test_words_are_told_that_say_more_than_the_wish() -> None:
    assert telling("co-création", ["co", "création", "open innovation"]) == ["open innovation"]
    assert telling("économie comportementale", ["economics", "behavioural economics"]) == [
        "behavioural economics"
    ]
    assert telling("nudge", ["nudge"]) == []
