"""Licences as SPDX names them; what a page did not say is never made more generous."""

from __future__ import annotations

import re

PROPRIETARY = {"identifier": "proprietary", "url": None, "contentUrl": None}
_CC = re.compile(
    r"\b(?:cc|creative\s+commons)\b[\s:-]*(?P<terms>(?:by|attribution)(?:[\s-]*(?:nc|nd|sa))*)"
    r"(?:[\s-]*v?(?P<version>[1-4]\.0))?",
    re.IGNORECASE,
)
_CC0 = re.compile(r"\bcc[\s-]*(?:0|zero)\b", re.IGNORECASE)
_CC_URL = re.compile(
    r"creativecommons\.org/licenses/(?P<terms>by(?:-(?:nc|nd|sa))*)/(?P<version>[1-4]\.0)"
)


def spdx(said: str | None) -> dict[str, str | None]:
    """A MOOChub licence object for a licence as a page writes it.

    A Creative Commons licence without a version has no SPDX name: it gets a LicenseRef, which
    SPDX keeps for licences outside its list. Anything else, and nothing said, is proprietary.
    """
    if _CC0.search(said or ""):
        return _listed("CC0-1.0")
    found = _CC_URL.search(said or "") or _CC.search(said or "")
    if found is None:
        return dict(PROPRIETARY)
    terms = re.sub(r"[\s-]+", "-", found["terms"].upper().replace("ATTRIBUTION", "BY"))
    if not found["version"]:
        return {"identifier": f"LicenseRef-CC-{terms}", "url": None, "contentUrl": None}
    return _listed(f"CC-{terms}-{found['version']}")


def _listed(identifier: str) -> dict[str, str | None]:
    url = f"https://spdx.org/licenses/{identifier}.html"
    return {"identifier": identifier, "url": url, "contentUrl": None}
