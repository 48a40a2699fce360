"""The closed lists of values: what a column may say, in the order in which people are shown it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

LEVELS = ("beginner", "intermediate", "advanced", "mixed")
ACCESS = ("free_full", "free_audit_limited", "free_trial", "paid", "subscription")
CERTIFICATES = ("free", "paid", "subscription", "none")
BILLING = ("once", "month", "year")
PACES = ("self", "instructor")
KINDS = ("course", "guided_project", "tutorial", "programme")
AUDIENCES = ("public", "employees", "customers")
PROVIDER_KINDS = (
    "university",
    "business_school",
    "company",
    "brand_academy",
    "public_body",
    "ngo",
)
KNOWN_PROVIDER = "providers.csv: "
"""How the reason for a provider's kind begins where the table kept by hand knows it by name."""
KNOWN_HOUSE = ", with which it begins"
"""And ends where the name is that of a part: a faculty, a department."""
VERDICTS = ("complete", "partial")

IssueKind = Literal[
    "fetch",
    "rejected",
    "gone",
    "duplicate",
    "unreadable",
    "implausible",
    "layers_disagree",
    "unknown_field",
    "site_changed",
    "stale",
    "malformed",
]
ISSUE_KINDS: Mapping[IssueKind, str] = {
    "fetch": "an answer could not be had or used, so the crawl is partial",
    "rejected": "a listing could not become a course",
    "gone": "a course is listed and has no page any more",
    "duplicate": "a course is listed twice",
    "unreadable": "no rule understands the words of a fact, which stays unknown",
    "implausible": "a figure cannot be, so it is left out",
    "layers_disagree": "parts of one page state different facts",
    "unknown_field": "the answer has a field that nobody has foreseen",
    "site_changed": "the site no longer does what it did",
    "stale": "what is kept by hand was checked too long ago, or is not filled in",
    "malformed": "a line of a feed could not be read",
}
"""What a person may be told to look at, with what each means."""
