"""The API on one page: every address with its parameters, read from what checks the requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from catalogue.reading import Row
from recommend.web.answering import answer, page, platforms
from recommend.web.api_endpoints import ENDPOINTS
from recommend.web.api_spec import ROOT, Endpoint, Param
from recommend.web.asked import Asked
from recommend.web.texts import Words
from recommend.web.texts_api import MEANINGS

_EXAMPLES = {
    "recommend": "profile=directeur-marketing&hours=2",
    "search": "q=nudge&open=yes",
    "topics": "lang=fr",
}
_MANY = 6
"""Options that are named one by one; of more, the first stand for them."""


@page
async def api(datasette: Any, request: Any, where: Asked) -> Any:
    """Addresses, parameters and bounds."""
    names = list(await platforms(datasette))
    return await answer(
        datasette,
        request,
        where,
        "api.html",
        api_root=ROOT,
        endpoints=[_shown(each, names, Words(where.lang)) for each in ENDPOINTS],
    )


def _shown(endpoint: Endpoint, platforms: Sequence[str], words: Words) -> Row:
    example = _EXAMPLES.get(endpoint.name, "")
    return {
        "path": endpoint.path,
        "name": endpoint.name,
        "example": None if endpoint.finds else f"{endpoint.path}?{example}".rstrip("?"),
        "params": list(_params(endpoint.params(platforms), words)),
    }


def _params(params: Sequence[Param], words: Words) -> Iterator[Row]:
    """The parameters; the weights, which are alike, as one."""
    for param in params:
        if not param.name.startswith("w_"):
            meaning = MEANINGS[param.name] if words.lang == "fr" else param.meaning
            yield {"name": param.name, "meaning": meaning, "values": _values(param)}
        elif param.name == "w_text":
            yield {"name": "w_…", "meaning": words("api_weight"), "values": _values(param)}


def _values(param: Param) -> str:
    """What may be said, in short."""
    schema = param.schema.get("items", param.schema)
    if options := schema.get("enum"):
        return " | ".join(options[:_MANY]) + (" …" if len(options) > _MANY else "")
    if "minimum" in schema:
        return f"{schema['minimum']:g} – {schema['maximum']:g}"
    return str(schema.get("example", "YYYY-MM-DD" if schema.get("format") else "…"))


ROUTES = [(r"^(?:/(?:fr|en))?/api$", api)]
