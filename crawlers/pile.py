"""More than memory should hold, kept in a file of the system's until it is done with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

_IN_ORDER = """
select p.name, p.value from piled p
join (select name, min(place) as first from piled where name is not null group by name) f
on f.name = p.name order by f.first, p.place
"""


class Pile:
    """JSON values in the order in which they came, each under a name or under none."""

    def __init__(self) -> None:
        # SQLite itself deletes a file without a name.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(
            "create table piled (place integer primary key, name text, value text not null)"
        )
        self._db.execute("create index piled_name on piled (name)")
        self._db.execute("begin")

    def add(self, value: Any, name: str | None = None) -> int:
        """Put a value on top; its place."""
        sql = "insert into piled (name, value) values (?, ?)"
        return int(self._db.execute(sql, [name, json.dumps(value)]).lastrowid or 0)

    def replace(self, place: int, value: Any, name: str | None = None) -> None:
        """Put a value in the place of another."""
        sql = "update piled set name = ?, value = ? where place = ?"
        self._db.execute(sql, [name, json.dumps(value), place])

    def __len__(self) -> int:
        return int(self._db.execute("select count(*) from piled").fetchone()[0])

    def __iter__(self) -> Iterator[Any]:
        for (text,) in self._db.execute("select value from piled order by place"):
            yield json.loads(text)

    @property
    def names(self) -> int:
        """How many names there are."""
        return int(self._db.execute("select count(distinct name) from piled").fetchone()[0])

    def under(self, name: str) -> list[Any]:
        """The values of one name."""
        sql = "select value from piled where name = ? order by place"
        return [json.loads(text) for (text,) in self._db.execute(sql, [name])]

    def by_name(self) -> Iterator[tuple[str, list[Any]]]:
        """Every name with its values, in the order in which the names first came."""
        found = self._db.execute(_IN_ORDER)
        for name, group in groupby(found, key=itemgetter(0)):
            yield name, [json.loads(text) for _, text in group]
