"""A web server for benches: fixed answers, in a process of its own, a good deal faster than us."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection

Answers = Mapping[str, tuple[str, bytes]]
"""Path with query -> (content type, body)."""


async def _serve(answers: Answers, told: Connection) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            target = head.split(b" ", 2)[1].decode()
            kind, body = answers.get(target, ("", b""))
            status = "200 OK" if kind else "404 Not Found"
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: {kind or 'text/plain'}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            await writer.drain()

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0, limit=1 << 16)
    told.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _run(answers: Answers, told: Connection) -> None:
    asyncio.run(_serve(answers, told))


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """The address of a server that gives these answers."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_run, args=(answers, theirs))
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()
