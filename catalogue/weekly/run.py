"""The steps of a weekly run, in their order; a rerun goes on behind the last one that ended."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

from catalogue import exclude, money, reading, terminal
from catalogue.errors import MoocscoutError
from catalogue.file import open_for_writing, whole
from catalogue.weekly import process
from catalogue.weekly.publish import publish
from catalogue.weekly.state import Done, State
from catalogue.weekly.wording import say

STEPS: Mapping[str, str] = {
    "crawl": "ask the platforms",
    "takedown": "remove what data/exclude.csv names",
    "rates": "bring in the exchange rates of MOOCSCOUT_RATES",
    "twins": "find the same course on several platforms",
    "index": "fit the ranking index",
    "digest": "write what changed for each profile",
    "check": "look at the whole file",
    "publish": "put a new file in place",
}
REQUIRED = frozenset({"takedown", "index", "check", "publish"})
"""Without these nothing is published: last week's file stands."""

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "twins": ("twins", "--db", "{db}"),
    "index": ("index", "--db", "{db}"),
    "digest": ("digest", "--all", "{folder}/digests", "--db", "{db}", "--day", "{day}"),
    "check": ("check", "--db", "{db}"),
}
"""Steps that are commands of their own. One that this moocscout does not have is skipped."""


class Stopped(MoocscoutError):
    """A step that publishing needs has failed; what is published stands."""


@attrs.define
class Run:
    """One weekly run under its lock."""

    db: Path
    folder: Path
    state: State
    state_file: Path
    lock: int
    available: frozenset[str]
    """Names of the commands that this moocscout has."""
    echo: Callable[[str], object] = terminal.say

    def steps(self) -> None:
        """Every step that has not ended yet. Raises Stopped where one that is required fails."""
        if self.state.platforms.keys() - self._visits():
            # What came behind a crawl that is still to be done must be done again.
            self.state.steps.clear()
        for name in STEPS:
            if name in self.state.steps:
                continue
            self._begin(name)
            done = self._step(name)
            if done.outcome == "failed" and name in REQUIRED:
                raise Stopped(f"{name}: {done.said}")
            if done.outcome in ("skipped", "failed"):
                self.echo(f"weekly {self.state.day}: {name} {done.outcome}, {done.said}")
            self.state.steps[name] = done
            self._save()
        self.state.running = None
        self.state.last_success = self.state.day
        self.state.finished = True
        self._save()

    def _begin(self, name: str) -> None:
        self.state.running = name
        self._save()
        self.echo(f"weekly {self.state.day}: {name}, {STEPS[name]}")

    def _save(self) -> None:
        self.state.save(self.state_file)

    def _step(self, name: str) -> Done:
        own = {
            "crawl": self._crawl,
            "takedown": self._take_down,
            "rates": self._bring_rates,
            "publish": self._publish,
        }
        try:
            return own[name]() if name in own else self._command(name)
        except Stopped:
            raise
        except MoocscoutError as error:
            return Done("failed", str(error))

    def _run(self, *arguments: str) -> process.Ended:
        return process.moocscout(*arguments, lock=self.lock, echo=self.echo)

    def _command(self, name: str) -> Done:
        words = COMMANDS[name]
        if words[0] not in self.available:
            return Done("skipped", f"this moocscout has no command {words[0]!r}")
        meant = {"db": self.db, "day": self.state.day, "folder": self.folder}
        ended = self._run(*(word.format(**meant) for word in words))
        if ended.code == 0:
            return Done("done", "")
        partial = ended.code == terminal.PARTIAL and name not in REQUIRED
        return Done("partial" if partial else "failed", ended.said)

    def _bring_rates(self) -> Done:
        """The operator's own rates, where there are any: those in the catalogue stand else."""
        if money.OWN_RATES is None:
            return Done("skipped", "MOOCSCOUT_RATES names no file of rates")
        held = money.read_rates()
        with closing(open_for_writing(self.db, create=False)) as db, whole(db):
            return Done("done", f"{money.keep(db, held)} written")

    def _take_down(self) -> Done:
        count = exclude.apply(self.db)
        return Done("done", f"{count} removed" if count else "")

    def _publish(self) -> Done:
        made = publish(self.db, self.folder, self.state.day)
        return Done("done", json.dumps(attrs.asdict(made)))

    def _crawl(self) -> Done:
        """Each platform once; those that a killed run has loaded already are not asked again."""
        why: dict[str, str] = {}
        before = self._visits()
        left = {n: url for n, url in self.state.platforms.items() if n not in before}
        for names, address in grouped(left):
            why |= self._crawl_some(names, address)
        met = self._visits()
        troubles = [met.get(name, why.get(name)) for name in self.state.platforms]
        said = [f"{n}: {t}" for n, t in zip(self.state.platforms, troubles, strict=True) if t]
        return Done("partial", "\n".join(said)) if said else Done("done", "")

    def _visits(self) -> dict[str, str | None]:
        """Platform -> what this run's crawl of it lacks, None where that is nothing."""
        if not self.db.exists():
            return {}
        with closing(open_for_writing(self.db)) as db:  # which ends what a kill left half made
            found = reading.rows(
                db, "select * from crawl where id > ? order by id", [self.state.baseline]
            )
        return {crawl["platform"]: _trouble(crawl) for crawl in found}

    def _crawl_some(self, names: list[str], address: str | None) -> dict[str, str]:
        """Crawl in one process; why the platforms that are not in the catalogue now are not."""
        base = ("--base-url", address) if address else ()
        day = self.state.day
        ended = self._run("crawl", *names, *base, "--db", str(self.db), "--day", day, "--json")
        outcomes = _json(ended.out)
        if outcomes is None and ended.code == terminal.WRONG:
            raise Stopped(f"crawl: {ended.said}")
        lost = f"the crawl ended with exit code {ended.code}"
        met = {each["platform"]: each.get("error") for each in outcomes or ()}
        return {name: met.get(name) or lost for name in names}


def grouped(platforms: Mapping[str, str | None]) -> Iterator[tuple[list[str], str | None]]:
    """Platforms at their own address share a process, the others have one each."""
    if together := [name for name, url in platforms.items() if url is None]:
        yield together, None
    yield from (([name], url) for name, url in platforms.items() if url is not None)


def _trouble(crawl: Mapping[str, Any]) -> str | None:
    if crawl["verdict"] == "complete":
        return None
    return f"partial, {'; '.join(json.loads(crawl['reasons']))}"


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def begin(
    db: Path, state_file: Path, order: dict[str, Any], day: str | None, lang: str = "en"
) -> tuple[State, list[str]]:
    """The state to run with, and what a person should know of the one before."""
    before = State.load(state_file)
    if before is not None and before.goes_on(order, day):
        step = before.running or ""
        named = say(lang, step) if step in STEPS else step
        return before, [say(lang, "goes_on", day=before.day, step=named)]
    today = day or dt.date.today().isoformat()  # noqa: DTZ011 - the operator's own day
    last = before.last_success if before else None
    state = State(day=today, baseline=_newest_crawl(db), last_success=last, **order)
    return state, list(_remarks(before, last, today, lang))


def _remarks(before: State | None, last: str | None, today: str, lang: str) -> Iterator[str]:
    if before is not None and not before.finished:
        yield say(lang, "never_ended", day=before.day)
    if last is not None:
        weeks = (dt.date.fromisoformat(today) - dt.date.fromisoformat(last)).days // 7 - 1
        if weeks > 0:
            yield say(lang, "missed", day=last, count=weeks)


def _newest_crawl(db: Path) -> int:
    if not db.exists():
        return 0
    connection = open_for_writing(db)  # which brings an older catalogue up to date
    try:
        found = reading.rows(connection, "select coalesce(max(id), 0) as newest from crawl")
        return int(found[0]["newest"])
    finally:
        connection.close()
