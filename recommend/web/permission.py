"""May this visitor see the catalogue? Asked in the words of Datasette 0.65 and of 1.0."""

from __future__ import annotations

from typing import Any

from catalogue.publish.metadata import DATABASE


async def may_view(datasette: Any, actor: Any) -> bool:
    """Datasette's own answer for its database page, which our pages keep to."""
    if not hasattr(datasette, "permission_allowed"):
        from datasette.resources import DatabaseResource

        resource = DatabaseResource(database=DATABASE)
        return bool(await datasette.allowed(action="view-database", resource=resource, actor=actor))
    allowed = await datasette.permission_allowed(
        actor, "view-database", resource=DATABASE, default=True
    )
    return bool(allowed)
