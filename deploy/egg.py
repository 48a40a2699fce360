# ruff: noqa: INP001 - a script, not a module
"""Pack the spiders for Scrapyd: `python deploy/egg.py moocscout.egg`.

An egg is what Scrapyd's addversion.json takes: a zip of the packages, with the name of the
settings module in EGG-INFO. Written out here, since the tools that build eggs are being retired.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawlers", "catalogue")


def main(target: str) -> None:
    """Write the egg."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    with ZipFile(target, "w", ZIP_DEFLATED) as egg:
        for package in PACKAGES:
            for path in sorted((ROOT / package).rglob("*.py")):
                egg.write(path, path.relative_to(ROOT))
        egg.writestr(
            "EGG-INFO/PKG-INFO", f"Metadata-Version: 1.2\nName: {name}\nVersion: {version}\n"
        )
        egg.writestr("EGG-INFO/entry_points.txt", "[scrapy]\nsettings = crawlers.settings\n")
        egg.writestr("EGG-INFO/top_level.txt", "\n".join(PACKAGES) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
