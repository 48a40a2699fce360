"""`make bench`: figures of what we have, side by side with a peer in one run.

Times of shared machines drift by tens of per cent: read and quote the ratios.

    python -m tests.bench [crawl] [store] [twins] [rank] [pages] [--courses N] [--rounds N]
"""

from __future__ import annotations

import argparse
import importlib

PARTS = ("crawl", "store", "twins", "rank", "pages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which; all by default")
    parser.add_argument("--courses", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    wish = parser.parse_args()
    for part in wish.parts or PARTS:
        try:
            module = importlib.import_module(f"tests.bench.{part}")
        except ModuleNotFoundError as error:
            if error.name != f"tests.bench.{part}":
                raise
            continue
        module.run(wish.courses, wish.rounds)


if __name__ == "__main__":
    main()
