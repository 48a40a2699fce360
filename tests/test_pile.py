"""What is kept outside of memory comes back as it was, in its order and under its names."""

from __future__ import annotations

from crawlers.pile import Pile

ROWS = [("b", [1, "é ‘x’"]), ("a", {"k": None}), (None, "of none"), ("b", "\ud800"), ("a", 2.5)]


def piled() -> Pile:
    pile = Pile()
    for name, value in ROWS:
        pile.add(value, name)
    return pile


def test_values_come_back_as_often_as_they_are_asked_for() -> None:
    pile = piled()
    assert len(pile) == len(ROWS)
    assert [list(pile), list(pile)] == [[value for _, value in ROWS]] * 2
    assert [(one, other) for one in pile for other in pile][6] == (ROWS[1][1], ROWS[1][1])


def test_names_come_in_the_order_in_which_they_first_came() -> None:
    pile = piled()
    assert pile.names == 2
    assert list(pile.by_name()) == [("b", [ROWS[0][1], "\ud800"]), ("a", [{"k": None}, 2.5])]
    assert pile.under("a") == [{"k": None}, 2.5]
    assert pile.under("c") == []


def test_a_value_takes_the_place_of_another() -> None:
    pile = Pile()
    first = pile.add(1, "a")
    pile.add(2, "b")
    pile.replace(first, 3, None)
    assert (list(pile), list(pile.by_name())) == ([3, 2], [("b", [2])])
