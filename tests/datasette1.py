"""The catalogue on Datasette 1.0, asked as a visitor asks: run by `test_datasette1`.

`python tests/datasette1.py CATALOGUE DAY FOLDER...` with an interpreter that has Datasette 1.0;
what else moocscout needs may come from the FOLDERs, which are looked in last. Prints one JSON
object: the version, and for each address the status, the type, and what is worth looking at.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).parents[1])
sys.path += sys.argv[3:]


async def main(path: Path, day: str) -> dict[str, Any]:
    import datasette

    from catalogue.publish.queries import QUERIES
    from recommend.serving import application

    served = application(path, public=True, day=day)
    await served.invoke_startup()
    pages = [
        *("/", "/fr/", "/en/recommend?profile=directeur-marketing", "/catalogue"),
        *("/catalogue/course", "/catalogue/course?_facet=platform", "/catalogue/completeness"),
        *("/catalogue/course?_search=nudges", "/catalogue/course.json?_shape=objects&_size=2"),
        *("/catalogue/course/1", "/catalogue/session.csv", "/catalogue?sql=select+1"),
        *(f"/catalogue/{query.name}?q=marketing" for query in QUERIES),
        *("/fr/course/coursera/nudge-en-pratique", "/-/databases.json"),
    ]
    found = {}
    for page in pages:
        answer = await served.client.get(page, follow_redirects=True)
        found[page] = {
            "status": answer.status_code,
            "type": answer.headers.get("content-type", ""),
            "policy": "content-security-policy" in answer.headers,
            "charts": len(re.findall(r'<svg class="chart"', answer.text)),
            "rows": answer.text.count("<tr>"),
        }
    return {"version": datasette.__version__, "pages": found}


if __name__ == "__main__":
    json.dump(asyncio.run(main(Path(sys.argv[1]), sys.argv[2])), sys.stdout)
