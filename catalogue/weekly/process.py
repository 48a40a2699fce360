"""Running the other commands as an operator would type them, each in a process of its own."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable

import attrs

_KEPT_LINES = 12
_PR_SET_PDEATHSIG = 1


@attrs.frozen
class Ended:
    """How a command ended: its exit code, what it answered, and its last words."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Why it failed, for a sentence of ours."""
        words = (self.err or self.out).strip().removeprefix("moocscout: ")
        return words or f"exit code {self.code}"


def moocscout(*arguments: str, lock: int, echo: Callable[[str], object]) -> Ended:
    """Run `moocscout ARGUMENTS`; each line that it says on stderr is echoed.

    It holds the lock with us, and dies with us where the system can see to that (Linux), so that
    nothing goes on writing behind the back of a rerun.
    """
    said: deque[str] = deque(maxlen=_KEPT_LINES)
    with (
        tempfile.TemporaryFile() as out,
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "moocscout", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            pass_fds=(lock,),
            preexec_fn=_dies_with_parent(),  # noqa: PLW1509 - one thread, and only a system call
        ) as process,
    ):
        assert process.stderr is not None  # noqa: S101 - asked for above
        for line in process.stderr:
            text = line.decode(errors="replace").rstrip()
            said.append(text)
            echo(text)
        code = process.wait()
        out.seek(0)
        answer = out.read().decode(errors="replace")
    return Ended(code, answer, "\n".join(said))


def _dies_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    return ask
