"""Make the README's pictures anew: `python docs/pictures.py`, with Chromium installed.

Runs the demo, serves its catalogue, photographs three pages, two of them in both languages, and
keeps the files small.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from selenium import webdriver

FOLDER = Path(__file__).parent / "pictures"
DAY = "2026-11-22"
PAGES = {
    "home": "/en/",
    "shortlist": "/en/recommend?profile=directeur-marketing",
    "data": "/catalogue/course",
    "home.fr": "/fr/",
    "shortlist.fr": "/fr/recommend?profile=directeur-marketing",
}
SIZE = (1280, 960)
COLOURS = 96
WIDTH = 900


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the demo's site."""
    command = [sys.executable, "-m", "moocscout"]
    subprocess.run(
        [*command, "demo", "--day", DAY, "--into", folder],
        check=True,
        env=os.environ | {"DEMO_SERVE": "0"},
        stdout=subprocess.DEVNULL,
    )
    serve = [*command, "serve", "--db", str(folder / "catalogue.db"), "--port", "0", "--day", DAY]
    with subprocess.Popen(
        serve, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        assert run.stdout is not None
        found = next(filter(None, (re.search(r"http://\S+", line) for line in run.stdout)))
        try:
            yield found.group().rstrip("/")
        finally:
            run.terminate()


def browser() -> webdriver.Chrome:
    """Debian's Chromium without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars", "no-first-run",
                 "disable-background-networking", "disable-component-update", "disable-sync",
                 "disable-quic"):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.add_argument(f"--window-size={SIZE[0]},{SIZE[1]}")
    return webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))


def main() -> None:
    """Write docs/pictures/*.png."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as address:
        chrome = browser()
        for page, path in PAGES.items():
            chrome.get(address + path)
            target = FOLDER / f"{page}.png"
            chrome.save_screenshot(str(target))
            picture = Image.open(target).convert("RGB")
            small = picture.resize((WIDTH, WIDTH * picture.height // picture.width))
            small.quantize(COLOURS, kmeans=2).save(target, optimize=True)
        chrome.quit()


if __name__ == "__main__":
    main()
