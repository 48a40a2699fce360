"""The closed lists of values: what a column may say, in the order in which people are shown it."""

from __future__ import annotations

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
VERDICTS = ("complete", "partial")
