"""`moocscout serve`: Datasette on the catalogue, in this process, with our pages on top."""

from __future__ import annotations

import asyncio
import errno
import inspect
import socket
import webbrowser
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import uvicorn
from datasette.app import Datasette, DatasetteClient

from catalogue.errors import MoocscoutError, WrongUse
from catalogue.file import open_for_reading
from catalogue.publish.metadata import (
    DATABASE,
    check_documented,
    metadata,
    settings,
    sources,
)
from catalogue.schema import TABLES, Table
from catalogue.terminal import day_of, db_option, port_option, say
from recommend import index
from recommend.served import CatalogueFile, unchanging
from recommend.tables import HIDDEN
from recommend.tables import TABLES as INDEX_TABLES
from recommend.web.warming import warm

PLUGIN = "moocscout"
ROBOTS = "User-agent: *\nDisallow: /catalogue\nDisallow: /-/\nDisallow: /*?"


def tables() -> tuple[Table, ...]:
    """Every table that a catalogue file may hold: the catalogue's and the ranking index's."""
    return (*TABLES, *INDEX_TABLES)


_NEWER = "config" in inspect.signature(Datasette).parameters
"""Datasette 1.0, which reads saved queries and plugins' settings from its configuration."""


def _config(described: dict[str, Any]) -> dict[str, Any]:
    """What Datasette 1.0 no longer takes from metadata."""
    queries = described["databases"][DATABASE]["queries"]
    return {"databases": {DATABASE: {"queries": queries}}, "plugins": described["plugins"]}


def application(path: Path, *, public: bool = False, day: str | None = None) -> Datasette:
    """A Datasette on the catalogue at `path`; `day` fixes the day that pages answer for.

    Raises StoreError when the file cannot be served, or holds what nobody has described.
    """
    with closing(open_for_reading(path)) as db:
        check_documented(db, tables())
        platforms = sources(db)
    described = metadata(
        tables(),
        platforms=platforms,
        hidden=HIDDEN,
        plugins={
            PLUGIN: {"public": public, "day": day},
            "datasette-block-robots": {"literal": ROBOTS},
        },
    )
    described["databases"][DATABASE] = unchanging(described["databases"][DATABASE])
    more = {"config": _config(described)} if _NEWER else {}
    served = Datasette([], metadata=described, settings=settings(public=public), **more)
    served.remove_database("_memory")
    served.add_database(CatalogueFile(served, str(path)), name=DATABASE)
    # Made with the instance, the first client knows neither the database nor our routes.
    served.client = DatasetteClient(served)
    return served


class Server(uvicorn.Server):
    """Says where it is once it answers."""

    def __init__(
        self, config: uvicorn.Config, address: str, served: Datasette, *, browse: bool
    ) -> None:
        super().__init__(config)
        self.served = served
        self.address = address
        self.browse = browse

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start answering."""
        await super().startup(sockets)
        if self.started:
            click.echo(f"moocscout is at {self.address} (Ctrl-C to stop)")
            self.warming = asyncio.create_task(warm(self.served))
            if self.browse:
                webbrowser.open(self.address)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises WrongUse that names the way out."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise WrongUse(f"{host} is not an address of this machine; try --host 127.0.0.1") from error
    bound = socket.socket(family, kind)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise WrongUse(_why_not(host, port, error)) from error
    return bound


def _why_not(host: str, port: int, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"port {port} needs rights that you do not have; choose one above 1023 with --port"
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken; choose another, such as --port {port % 65535 + 1}, or stop"
            " what listens there"
        )
    return f"cannot listen on {host} port {port}: {error.strerror}; try --host 127.0.0.1"


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    return f"http://{f'[{shown}]' if ':' in shown and '[' not in shown else shown}:{port}/"


def _loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def run(path: Path, bound: socket.socket, served: Datasette, *, browse: bool = False) -> None:
    """Answer on the socket until Ctrl-C or a termination signal."""
    config = uvicorn.Config(
        served.app(), log_level="warning", access_log=False, lifespan="on", server_header=False
    )
    server = Server(config, _address(bound), served, browse=browse)
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        say("moocscout has stopped")
    finally:
        bound.close()
    if not server.started:
        raise MoocscoutError(f"{path} could not be served; the lines above say why")


def _prepare_index(path: Path) -> None:
    """Fit the ranking index now if the data has changed, so that no visitor waits for it."""
    found = index.ensure(path)
    if found.note:
        say(f"the ranking index is kept in memory: {found.note}")
    found.close()


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@port_option("Port to listen on")
@click.option("--public", is_flag=True, help="For strangers: no SQL, tight limits, no internals.")
@click.option("--open", "browse", is_flag=True, help="Open the site in your browser.")
@click.option(
    "--day",
    callback=day_of,
    metavar="YYYY-MM-DD",
    help="Answer for this day.  [default: each day's own]",
)
def serve(db: Path, host: str, port: int, public: bool, browse: bool, day: str | None) -> None:
    """Publish the catalogue with Datasette."""
    served = application(db, public=public, day=day)
    _prepare_index(db)
    bound = listen(host, port)
    if not public and not _loopback(host):
        say(f"anyone who reaches {host} can run SQL on the catalogue; --public closes that")
    run(db, bound, served, browse=browse)
