"""What can go wrong, and what a person can do about it.

MoocscoutError          its text names the fix; the command prints it on stderr and exits 2
├── WrongUse            arguments, a profile or a file that cannot be what was meant
├── StoreError          the catalogue file cannot be used as it is
└── NotReached          a site could not be asked
Unreadable              words of a page that no rule understands; becomes an Issue, never an exit
"""


class MoocscoutError(Exception):
    """Something the person at the keyboard can mend; the text says how."""


class WrongUse(MoocscoutError):
    """An argument, profile or file that cannot be what was meant."""


class StoreError(MoocscoutError):
    """The catalogue file is not ours, newer than ours, locked or read-only."""


class NotReached(MoocscoutError):
    """A site could not be asked at all."""


class Unreadable(ValueError):
    """Words that no rule understands. `words` keeps them for the Issue."""

    def __init__(self, words: object, wanted: str) -> None:
        super().__init__(f"{wanted} not readable: {words!r:.200}")
        self.words = str(words)
        self.wanted = wanted
