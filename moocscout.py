"""The front door: a click group that imports a subcommand only when it is asked for."""


def main() -> None:
    """Console script."""
