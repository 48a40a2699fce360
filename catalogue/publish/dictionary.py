"""The data dictionary: every table and column with its meaning, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalogue.publish.queries import QUERIES
from catalogue.schema import TABLES, Table
from catalogue.views import VIEWS


def markdown(tables: Sequence[Table] = TABLES) -> str:
    """The dictionary of these tables, of the views and of the saved queries."""
    return "\n".join(("# Data dictionary", "", *_tables(tables), *_views(), *_queries()))


def _tables(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        yield from (f"## {table.name}", "", table.meaning, "")
        yield from ("| column | type | unit | meaning |", "|---|---|---|---|")
        for column in table.columns:
            options = f" One of: {', '.join(column.options)}." if column.options else ""
            cells = (column.name, column.type, column.unit or "", column.meaning + options)
            yield "| " + " | ".join(cells) + " |"
        yield ""


def _views() -> Iterator[str]:
    for name, view in VIEWS.items():
        yield from (f"## {name} (view)", "", view.meaning, "")
        yield from ("| column | meaning |", "|---|---|")
        yield from (f"| {column} | {said} |" for column, said in view.columns.items())
        yield ""


def _queries() -> Iterator[str]:
    yield from ("## Saved queries", "", "| query | parameters | answers |", "|---|---|---|")
    for query in QUERIES:
        yield f"| {query.name} | {', '.join(query.params)} | {query.description} |"
    yield ""
