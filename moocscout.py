"""The front door: a click group that imports a subcommand only when it is asked for."""

from __future__ import annotations

import importlib
from typing import ClassVar

import click

__version__ = "0.1.0"


class LazyGroup(click.Group):
    """Knows its subcommands by name and one line each; the code behind them is not imported.

    `moocscout --help` must not wait for scrapy or scikit-learn.
    """

    lazy: ClassVar[dict[str, tuple[str, str]]] = {
        "crawl": ("crawlers.command:crawl", "Harvest platforms into the catalogue."),
        "load": (
            "crawlers.loading:load",
            "Bring feeds of crawls run elsewhere into the catalogue.",
        ),
        "import": (
            "crawlers.files.command:import_",
            "Bring a company's own academy in from a file.",
        ),
        "new-platform": (
            "crawlers.new_platform:new_platform",
            "Probe a site and draft its platform file, fixture and test.",
        ),
        "weekly": ("catalogue.weekly.command:weekly", "The week's work, for a scheduler."),
        "index": ("recommend.indexing:index", "Fit the ranking index before anybody waits."),
        "recommend": ("recommend.command:recommend", "Rank courses for a profile, with reasons."),
        "explain": ("recommend.command:explain", "Every point of one course's score."),
        "profile": (
            "recommend.profiling.command:profile",
            "Make, check and import role profiles.",
        ),
        "lexicon": (
            "recommend.lexicon_command:commands",
            "More words for the bridge between French and English.",
        ),
        "digest": ("recommend.digest:digest", "What is new for a profile since a day."),
        "serve": ("recommend.serving:serve", "Publish the catalogue with Datasette."),
        "catalogue": ("catalogue.command:catalogue", "Show a course whole; search; counts."),
        "export": (
            "catalogue.export.command:export",
            "Write the catalogue out: CSV, JSON Lines, Parquet, MOOChub, feeds.",
        ),
        "twins": (
            "catalogue.twins_command:twins",
            "Find the same course on several platforms.",
        ),
        "rates": (
            "catalogue.money_command:rates",
            "The exchange rates that amounts are brought to euros with.",
        ),
        "check": ("catalogue.command:check", "Is the catalogue sound? Migrates an older one."),
        "demo": ("crawlers.demo.command:demo", "The whole path, on sites of our own, offline."),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order of the work, not of the alphabet."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.lazy[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - a mistake of ours, not a user's
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of subcommands, from the lines above."""
        del ctx
        with formatter.section("Commands"):
            lines = [(name, line) for name, (_, line) in self.lazy.items()]
            lines += [(name, each.get_short_help_str(60)) for name, each in self.commands.items()]
            formatter.write_dl(lines)


class EvalGroup(LazyGroup):
    """What is measured on real data: each arm measures its own work."""

    lazy: ClassVar[dict[str, tuple[str, str]]] = {
        "cleaning": ("catalogue.eval_command:cleaning", "What is read from real words."),
        "twins": ("catalogue.eval_command:twins", "Are same courses found, and only those?"),
        "ranking": ("recommend.eval_command:ranking", "Do the best courses come first? nDCG@10."),
        "axes": ("recommend.eval_command:axes", "Are tone and practice read as a person does?"),
    }


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Exit codes: 0 done, 1 partial, 2 wrong use, 130 stopped (Ctrl-C). "
    "Start with `moocscout demo`: it needs no internet.",
)
@click.version_option(__version__, prog_name="moocscout")
def cli() -> None:
    """Find the online courses that are worth it for you, and see why.

    moocscout harvests course listings from public platforms into one SQLite
    catalogue, ranks them for a professional's role profile with a score that is
    explained to the last point, and publishes everything with Datasette.
    """


@cli.group("eval", cls=EvalGroup)
def eval_() -> None:
    """Measure the rules on data that people labelled."""


def main() -> None:
    """Console script."""
    from catalogue.terminal import run

    run(cli)


if __name__ == "__main__":
    main()
