"""When can one enrol? States of a session on a given day, in Python and as the same SQL.

The eight states are Richie's; `unknown` is ours, for dates that do not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalogue.course import Session

YEARS = range(1970, 2200)
"""Years of the days that one may ask about."""
STATES = {
    "ongoing-open": "running, enrolment open",
    "future-open": "starts later, enrolment open",
    "archived-open": "over, still open for self study",
    "future-not-yet-open": "starts later, enrolment not yet open",
    "future-closed": "starts later, enrolment closed",
    "ongoing-closed": "running, enrolment closed",
    "archived": "over",
    "to-be-scheduled": "no date stated yet",
    "unknown": "the dates stated do not tell",
}
OPEN_STATES = ("ongoing-open", "future-open", "archived-open")

# One row per rule, first match wins: (condition in SQL over the four dates and :day, state).
# Dates are ISO days, so text comparison is date comparison; a NULL makes a condition fail.
_ENROLMENT = (
    ("enrolment_end < {day}", "closed"),
    ("enrolment_start > {day}", "not-yet-open"),
    ("enrolment_start <= {day} or enrolment_end >= {day}", "open"),
)
_PHASE = (
    ("start > {day}", "future"),
    ("end < {day}", "archived"),
    ("start <= {day}", "ongoing"),
)


def state(session: Session, day: str) -> str:
    """The state of a session on a day (ISO date), one of STATES.

    A session whose last day of enrolment is today is open. No last day stated while enrolment
    has begun is open. Without any date of enrolment, only a session that is over has a state.
    """
    phase, enrolment = _phase(session, day), _enrolment(session, day)
    if phase is None:
        dateless = session.enrolment_start is None and session.enrolment_end is None
        return "to-be-scheduled" if dateless else "unknown"
    if phase == "archived":
        return "archived-open" if enrolment == "open" else "archived"
    if enrolment is None or (phase, enrolment) == ("ongoing", "not-yet-open"):
        return "unknown"
    return f"{phase}-{enrolment}"


def _phase(session: Session, day: str) -> str | None:
    if session.start is not None and session.start > day:
        return "future"
    if session.end is not None and session.end < day:
        return "archived"
    return "ongoing" if session.start is not None else None


def _enrolment(session: Session, day: str) -> str | None:
    if session.enrolment_end is not None and session.enrolment_end < day:
        return "closed"
    if session.enrolment_start is not None and session.enrolment_start > day:
        return "not-yet-open"
    stated = session.enrolment_start is not None or session.enrolment_end is not None
    return "open" if stated else None


def state_sql(day: str) -> str:
    """The same as a SQL expression over a session's columns; `day` is SQL for an ISO date."""

    def cases(rules: tuple[tuple[str, str], ...]) -> str:
        arms = " ".join(f"when {rule.format(day=day)} then '{name}'" for rule, name in rules)
        return f"(case {arms} end)"

    phase, enrolment = cases(_PHASE), cases(_ENROLMENT)
    return (
        f"(case when {phase} is null then case when enrolment_start is null"
        " and enrolment_end is null then 'to-be-scheduled' else 'unknown' end"
        f" when {phase} = 'archived' then"
        f" case {enrolment} when 'open' then 'archived-open' else 'archived' end"
        f" when {enrolment} is null or ({phase} = 'ongoing' and {enrolment} = 'not-yet-open')"
        f" then 'unknown' else {phase} || '-' || {enrolment} end)"
    )
