"""A course as schema.org JSON-LD, safe to stand inside a script element."""

from __future__ import annotations

import json
from typing import Any

from catalogue.sessions import OPEN_STATES


def course(record: dict[str, Any]) -> str:
    """The JSON-LD of a course; only what its page stated."""
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": record["title"],
        "url": record["url"] if is_web(record["url"]) else None,
        "description": record["summary"] or record["description"],
        "courseCode": record["code"],
        "inLanguage": record["language"],
        "educationalLevel": record["level"],
        "teaches": record["skills"],
        "about": record["subjects"],
        "provider": _organisation(record["provider"]),
        "isAccessibleForFree": {"free_full": True, "paid": False}.get(record["access"] or ""),
        "offers": _offer(record),
        "hasCourseInstance": [_instance(s) for s in record["sessions"] if not s["withdrawn"]],
    }
    return escaped(_stated(data))


def _organisation(name: str | None) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": name} if name else None


def _category(record: dict[str, Any]) -> str:
    if record["price"] == 0:
        return "Free"
    return "Subscription" if record["access"] == "subscription" else "Paid"


def _offer(record: dict[str, Any]) -> dict[str, Any] | None:
    if record["price"] is None:
        return None
    return _stated(
        {
            "@type": "Offer",
            "category": _category(record),
            "price": record["price"],
            "priceCurrency": record["currency"],
        }
    )


def _instance(session: dict[str, Any]) -> dict[str, Any]:
    return _stated(
        {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "startDate": session["start"],
            "endDate": session["end"],
            "eventStatus": "https://schema.org/EventScheduled"
            if session["state"] in OPEN_STATES
            else None,
        }
    )


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, [], "")}


def escaped(data: dict[str, Any]) -> str:
    """JSON that cannot end its script element or begin a comment, whatever words it holds."""
    text = json.dumps(data, ensure_ascii=True, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def is_web(address: str | None) -> bool:
    """May this address be linked? Only http and https."""
    return bool(address) and str(address).lower().startswith(("https://", "http://"))
