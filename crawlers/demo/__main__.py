"""`python -m crawlers.demo --platform fun --day 2026-11-22`: a demo site for people to look at."""

from __future__ import annotations

import contextlib

import click

from crawlers.demo.offer import FILES
from crawlers.demo.site import DemoSite, PlatformName


@click.command()
@click.option("--platform", type=click.Choice(list(FILES)), required=True, help="Speak as this.")
@click.option("--day", required=True, help="The day that it is there, as YYYY-MM-DD.")
@click.option("--port", default=0, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
def serve(platform: PlatformName, day: str, port: int) -> None:
    """Serve an invented site on loopback until interrupted."""
    # Whoever has read the address may interrupt at once, before there is any waiting.
    with contextlib.suppress(KeyboardInterrupt), DemoSite(day, platform, port=port) as site:
        click.echo(site.url)
        site.wait()


if __name__ == "__main__":
    serve()
