"""Our pages in Debian's Chromium: what a person sees and does, in both languages."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from catalogue import store
from catalogue.course import Course, Platform, Session
from catalogue.harvest import Harvest

pytestmark = pytest.mark.browser
DAY = "2026-11-22"
CANARY = "<script>window.canary=1</script><img src=x onerror='window.canary=1'>"
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
OURS = (
    "/{lang}/", "/{lang}/search?q=nudges", "/{lang}/recommend?profile=directeur-marketing",
    "/{lang}/course/fun/1", "/{lang}/data", "/{lang}/recommend?profile=nobody",
    "/{lang}/recommend?profile=directeur-marketing&hours=1&why=marketing",
    "/{lang}/recommend?wants=none", "/{lang}/compare?c=fun:1&c=fun:2&c=fun:hostile",
    "/{lang}/changes", "/{lang}/calendar?month=2026-12", "/{lang}/topics",
    "/{lang}/memo?profile=directeur-marketing", "/{lang}/digest?profile=directeur-marketing",
    "/{lang}/changes?wants=nudge", "/{lang}/method", "/{lang}/api", "/{lang}/nowhere",
)  # fmt: skip
DATASETTES = (
    "/catalogue", "/catalogue/course", "/catalogue/course/1", "/catalogue/open_now",
    "/catalogue/course?_search=nudges", "/catalogue?sql=select+title,+url+from+course",
    "/catalogue/search?q=nudge", "/nowhere",
)  # fmt: skip


def found(name: str) -> str:
    """A program's path; without it the test is skipped, but never in CI."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI") != "true":
        pytest.skip(f"{name} is not installed; deploy/install-browser.sh installs it")
    assert path is not None, f"{name} is not installed; CI must run deploy/install-browser.sh"
    return path


def chromium(profile: Path) -> webdriver.Chrome:
    """A Chromium with a profile folder of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = found("chromium")
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(found("chromedriver")))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    driver = chromium(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's script; without it the test is skipped, but never in CI."""
    path = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists() and os.environ.get("CI") != "true":
        pytest.skip("axe-core is not installed; deploy/install-browser.sh installs it")
    return path.read_text(encoding="utf-8")


def shelf() -> list[Course]:
    lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
    courses = [Course.from_json(line) for line in lines.splitlines()]
    hostile = Course(
        platform="fun",
        ref="hostile",
        url="https://fun.example/hostile",
        title=f"Nudge {CANARY}" + "É" * 300,
        provider=CANARY,
        description=f"nudge neuromarketing crowdsourcing {CANARY}",
        skills=("nudge", "neuromarketing", CANARY),
        weekly_hours_low=2.0,
        weekly_hours_high=2.0,
        sessions=(Session(ref=CANARY, start="2026-12-01", enrolment_start="2026-11-01"),),
    )
    return [*courses, hostile]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shelf and one hostile course, served by the command; its address."""
    with serving(tmp_path_factory.mktemp("site") / "catalogue.db", shelf()) as address:
        yield address


@contextmanager
def serving(path: Path, courses: list[Course]) -> Iterator[str]:
    for name in sorted({course.platform for course in courses}):
        load(path, name, [course for course in courses if course.platform == name])
    command = [sys.executable, "-m", "moocscout", "serve", "--db", str(path), "--port", "0"]
    with subprocess.Popen(
        [*command, "--day", DAY], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[3].rstrip("/")
        finally:
            process.terminate()


def load(path: Path, name: str, courses: list[Course]) -> None:
    platform = Platform(
        name=name, title=name.upper(), home=f"https://{name}.example", languages=("fr",),
        timezone="Europe/Paris", licence="invented", terms=f"https://{name}.example/terms",
        robots="obeyed", audience="public", floor=0,
    )  # fmt: skip
    harvest = Harvest(path.with_name(f"{name}.harvest"), day=DAY)
    harvest.add(courses)
    times = {"started": f"{DAY}T01:00:00Z", "finished": f"{DAY}T02:00:00Z"}
    store.load(path, platform, harvest, store.Report(day=DAY, ended_by_itself=True, **times))
    harvest.discard()


@pytest.fixture
def visit(browser: webdriver.Chrome, site: str) -> Callable[..., webdriver.Chrome]:
    """Open a page of the site at a width, in light or dark."""

    def go(path: str, width: int = 1280, scheme: str = "light") -> webdriver.Chrome:
        device = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
        media = [
            {"name": "prefers-color-scheme", "value": scheme},
            # A page that still glides to a link is clicked elsewhere.
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        browser.get(site + path)
        return browser

    return go


def texts(driver: webdriver.Chrome, selector: str) -> list[str]:
    return [element.text for element in driver.find_elements(By.CSS_SELECTOR, selector)]


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What the console has to say: blocked scripts and styles, missing files.

    That the page itself is an error is no complaint.
    """
    entries: list[dict[str, Any]] = driver.get_log("browser")
    said = [entry["message"] for entry in entries]
    return [each for each in said if not each.startswith(f"{driver.current_url} - Failed to load")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_role_is_chosen_and_its_reasons_are_opened(
    visit: Callable[..., webdriver.Chrome], lang: str
) -> None:
    driver = visit(f"/{lang}/")
    driver.find_element(By.CSS_SELECTOR, 'a[href$="profile=directeur-marketing"]').click()
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == lang
    cards = driver.find_elements(By.CSS_SELECTOR, ".card")
    assert len(cards) > 5
    table = cards[0].find_element(By.CSS_SELECTOR, ".points")
    assert not table.is_displayed()
    cards[0].find_element(By.TAG_NAME, "summary").click()
    assert table.is_displayed()


def test_other_hours_give_other_scores_at_an_address_to_share(
    visit: Callable[..., webdriver.Chrome],
) -> None:
    driver = visit("/fr/recommend?profile=directeur-marketing")
    before = texts(driver, ".score strong")
    write(driver, "hours", "1")
    press(driver, "#hours")
    after = texts(driver, ".score strong")
    assert after
    assert after != before
    assert "hours=1" in driver.current_url
    address = driver.current_url
    driver.get("about:blank")
    driver.get(address)
    assert texts(driver, ".score strong") == after


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_job_and_work_are_told_in_one_s_own_words_at_an_address_to_share(
    visit: Callable[..., webdriver.Chrome], lang: str
) -> None:
    driver = visit(f"/{lang}/recommend?wants=nudge")
    before = texts(driver, ".score strong")
    write(driver, "role", "Crowdsourcing manager")
    write(driver, "text", f"Marketing + crowdsourcing, 5 %{Keys.ENTER}& innovation")
    press(driver, "#role")
    assert texts(driver, "h1") == ["Crowdsourcing manager"]
    after = texts(driver, ".score strong")
    assert after != before
    assert texts(driver, "#text-hint")
    address = driver.current_url
    assert "role=Crowdsourcing+manager&text=Marketing" in address
    driver.get("about:blank")
    driver.get(address)
    assert texts(driver, ".score strong") == after
    field = driver.find_element(By.ID, "text")
    assert field.get_property("value") == "Marketing + crowdsourcing, 5 %\n& innovation"


def test_the_points_are_in_sight_on_a_telephone(visit: Callable[..., webdriver.Chrome]) -> None:
    driver = visit("/fr/recommend?profile=directeur-marketing", width=390)
    for summary in driver.find_elements(By.CSS_SELECTOR, ".card summary"):
        summary.click()
    rooms = driver.find_elements(By.CSS_SELECTOR, ".card .scroll")
    assert len(rooms) > 5
    for room in rooms:
        assert room.get_property("scrollWidth") == room.get_property("clientWidth")


WITH_HOSTILE = (
    "/fr/", "/fr/search?q=marketing", "/fr/recommend?wants=marketing&top=50", "/fr/changes",
    "/fr/recommend?wants=marketing&top=3&why=marketing", "/fr/calendar?month=2026-12",
    "/fr/memo?wants=marketing", "/fr/digest?wants=marketing", "/fr/embed?wants=marketing",
    "/fr/topics", "/catalogue/course", "/catalogue/course?_search=marketing", "/catalogue/session",
)  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("lang", "start"), [("fr", "Début"), ("en", "Start")])
def test_sessions_are_whole_on_a_telephone(
    visit: Callable[..., webdriver.Chrome], lang: str, start: str
) -> None:
    driver = visit(f"/{lang}/course/fun/1", width=390)
    room = driver.find_element(By.CSS_SELECTOR, ".scroll:has(.state)")
    assert room.get_property("scrollWidth") == room.get_property("clientWidth")
    cell = room.find_element(By.CSS_SELECTOR, "tbody td")
    said = "return getComputedStyle(arguments[0], '::before').content"
    assert start in driver.execute_script(said, cell)
    state = room.find_element(By.CSS_SELECTOR, ".state")
    assert state.location["x"] + state.size["width"] <= 390


def test_hostile_strings_are_only_words_on_every_page(
    browser: webdriver.Chrome, shared: Path, tmp_path: Path
) -> None:
    strings = json.loads((shared / "data" / "hostile_strings_dev.json").read_text("utf-8"))
    courses = [hostile(at, each["field"], each["value"]) for at, each in enumerate(strings)]
    size = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    complaints(browser)
    with serving(tmp_path / "catalogue.db", courses) as address:
        single = [f"/fr/course/fun/{at}" for at in range(0, len(courses), 5)]
        four = "&".join(f"c=fun:{at}" for at in range(4))
        for path in (*WITH_HOSTILE, *single, f"/fr/compare?{four}"):
            browser.get(address + path)
            assert browser.execute_script("return typeof window.canary") == "undefined", path
            assert complaints(browser) == [], path
            width = browser.execute_script("return document.documentElement.scrollWidth")
            assert width <= 390, path


def hostile(at: int, field: str, value: str) -> Course:
    """A course that says a hostile string, and a canary, wherever it may."""
    line = f"{CANARY} {value}".replace("\n", " ")
    return Course(
        platform="fun",
        ref=str(at),
        url=f"https://fun.example/{at}",
        title=(line if field == "title" else f"Marketing {at}")[:600],
        provider=line[:200],
        summary=f"marketing {value[:300]}",
        description=f"marketing {CANARY} {value}",
        skills=("marketing", line[:80]),
        language=("fr", "en", "ar", None)[at % 4],
        weekly_hours_low=2.0,
        weekly_hours_high=2.0,
        sessions=(Session(ref=line[:60], title=line[:90], start="2026-12-01"),),
    )


def test_the_language_is_switched_where_one_is(visit: Callable[..., webdriver.Chrome]) -> None:
    driver = visit("/fr/course/fun/1")
    title = texts(driver, "h1")
    driver.find_element(By.LINK_TEXT, "English").click()
    assert driver.current_url.endswith("/en/course/fun/1")
    assert texts(driver, "h1") == title
    assert "The facts" in texts(driver, "h2")
    assert not driver.get_cookies()


@pytest.mark.parametrize("path", [path.format(lang="fr") for path in OURS] + list(DATASETTES))
def test_nothing_harvested_runs_and_nothing_is_blocked(
    visit: Callable[..., webdriver.Chrome], path: str
) -> None:
    driver = visit(path)
    assert driver.execute_script("return typeof window.canary") == "undefined"
    assert complaints(driver) == []


def test_a_hostile_course_is_only_words(visit: Callable[..., webdriver.Chrome]) -> None:
    for path in ("/fr/course/fun/hostile", "/en/search?q=nudge", "/catalogue/course?_search=nudge"):
        driver = visit(path)
        assert CANARY[:8] in driver.find_element(By.TAG_NAME, "body").text
        assert driver.execute_script("return typeof window.canary") == "undefined"
        assert complaints(driver) == []


@pytest.mark.parametrize("width", [390, 1920])
@pytest.mark.parametrize("path", [path.format(lang="fr") for path in OURS] + list(DATASETTES))
def test_no_page_is_wider_than_its_window(
    visit: Callable[..., webdriver.Chrome], path: str, width: int
) -> None:
    driver = visit(path, width)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [path.format(lang="fr") for path in OURS] + list(DATASETTES))
def test_axe_finds_nothing_serious(
    visit: Callable[..., webdriver.Chrome], axe: str, path: str, scheme: str
) -> None:
    driver = visit(path, scheme=scheme)
    driver.execute_script(axe)
    # The SQL editor's hidden field is made by Datasette's script and has no name to give it.
    run = (
        "axe.run({exclude: ['.CodeMirror']}, {resultTypes: ['violations']})"
        ".then(arguments[arguments.length - 1])"
    )
    wrong = [
        (each["id"], each["nodes"][0]["html"])
        for each in driver.execute_async_script(run)["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert not wrong


@pytest.mark.parametrize("path", [path.format(lang="en") for path in OURS])
def test_at_200_percent_nothing_is_cut_off(
    visit: Callable[..., webdriver.Chrome], path: str
) -> None:
    # Zoomed twice, a window of 1280 has the room of one of 640.
    driver = visit(path, 640)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 640
    assert driver.find_element(By.TAG_NAME, "h1").is_displayed()


def test_the_keyboard_reaches_everything(visit: Callable[..., webdriver.Chrome]) -> None:
    driver = visit("/en/")
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = driver.switch_to.active_element
    assert skip.text == "Skip to content"
    assert skip.rect["x"] >= 0
    reached = []
    for _ in range(8):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        style = "return getComputedStyle(document.activeElement).outlineStyle"
        assert driver.execute_script(style) != "none"
        reached.append(driver.switch_to.active_element.text)
    assert {"Your role", "Search", "Data", "Français"} <= set(reached)


def test_dark_is_dark(visit: Callable[..., webdriver.Chrome]) -> None:
    colour = "return getComputedStyle(document.body).backgroundColor"
    for path in ("/fr/", "/catalogue/course"):
        light = visit(path).execute_script(colour)
        dark = visit(path, scheme="dark").execute_script(colour)
        assert (light, dark) == ("rgb(251, 250, 246)", "rgb(20, 22, 20)")


def test_landmarks_and_headings(visit: Callable[..., webdriver.Chrome]) -> None:
    for path in OURS:
        driver = visit(path.format(lang="en"))
        for landmark in ("header.site-head", "nav", "main", "footer", "h1"):
            assert len(driver.find_elements(By.CSS_SELECTOR, landmark)) == 1, (path, landmark)
        # What lies in a closed box has no name yet.
        driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        unlabelled = "input:not([type=hidden]):not([type=submit]), select, textarea"
        for field in driver.find_elements(By.CSS_SELECTOR, unlabelled):
            assert field.accessible_name, (path, field.get_attribute("name"))


SAID = {
    "fr": ("Pourquoi pas ce cours\u202f?", "Ce qui les distingue", "Demande de formation"),
    "en": ("Why not this course?", "What sets them apart", "Training request"),
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_whole_way(
    visit: Callable[..., webdriver.Chrome], tmp_path: Path, lang: str, script: bool
) -> None:
    """Choose a role, change the wish, see what moved, compare, print, share the address."""
    why_not, apart, request = SAID[lang]
    driver = visit(f"/{lang}/")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
    try:
        press(driver, 'a[href$="profile=directeur-marketing"]')
        before = texts(driver, ".card h2")
        write(driver, "hours", "1")
        write(driver, "wants", "CRM, RGPD")
        press(driver, ".panel form button")
        after = texts(driver, ".card h2")
        assert after != before
        assert texts(driver, ".moved")
        assert "hours=1" in driver.current_url
        address = driver.current_url
        assert why_not in texts(driver, "h2")
        write(driver, "why", before[-1])
        press(driver, ".why-not button")
        assert before[-1] in texts(driver, ".why-not h3")
        for box in driver.find_elements(By.CSS_SELECTOR, ".card input")[:2]:
            box.send_keys(Keys.SPACE)
        press(driver, ".compare-bar button")
        assert texts(driver, ".compare thead a:not(.remove)") == after[:2]
        assert apart in texts(driver, ".compare tr.part th")
        driver.get(address)
        press(driver, ".panel a.button")
        assert texts(driver, "h1") == [request]
        assert sheets(driver) == 1
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    if script:
        other = chromium(tmp_path)
        other.get(address)
        assert texts(other, ".card h2") == after
        other.quit()


def press(driver: webdriver.Chrome, selector: str) -> None:
    """With the keyboard, as anybody could; waits for the page that it leads to."""
    left = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.CSS_SELECTOR, selector).send_keys(Keys.ENTER)
    # Asked while the pages change, chromedriver may answer that the node is of another document.
    waiting = WebDriverWait(driver, 10, ignored_exceptions=(WebDriverException,))
    waiting.until(staleness_of(left))


def write(driver: webdriver.Chrome, name: str, words: str) -> None:
    field = driver.find_element(By.ID, name)
    field.clear()
    field.send_keys(words)


def sheets(driver: webdriver.Chrome) -> int:
    """How many sheets of paper the page prints to."""
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"])))


def in_print(driver: webdriver.Chrome, box: str, items: str) -> tuple[int, int]:
    """How many items a box shows whole on paper, and how many in part."""
    driver.set_window_size(700, 1100)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        shown: list[float] = driver.execute_script(
            "const box = document.querySelector(arguments[0]), area = box.getBoundingClientRect();"
            "return [...box.querySelectorAll(arguments[1])].map(e => e.getBoundingClientRect())"
            ".filter(r => r.left < area.right).map(r => r.bottom - area.bottom)", box, items,
        )  # fmt: skip
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    return sum(each <= 1 for each in shown), sum(each > 1 for each in shown)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_memo_is_one_sheet_whatever_the_courses_say(
    visit: Callable[..., webdriver.Chrome], lang: str
) -> None:
    long = [f"crowdsourcing of a rather long name {n}" for n in range(11)]
    wishes = ", ".join(["nudge", "neuromarketing", "marketing", "crowdsourcing", *long])
    driver = visit(f"/{lang}/memo?wants={wishes}&hours=1&weeks=1&budget=1&reads=fr")
    assert len(texts(driver, ".memo-courses h2")) == 4
    assert len(texts(driver, ".memo-but")) >= 3
    assert sheets(driver) == 1
    driver.execute_script("document.querySelectorAll('.memo-but').forEach(e => e.append("
                          "'and more of what speaks against it '.repeat(20)))")  # fmt: skip
    assert sheets(driver) == 1
    kept, cut = in_print(driver, ".memo-courses", "li")
    assert kept
    assert not cut
    assert sheets(visit(f"/{lang}/data")) > 1


def test_without_script_all_of_it_works(browser: webdriver.Chrome, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{site}/fr/")
        browser.find_element(By.ID, "q").send_keys("nudges", Keys.ENTER)
        browser.find_element(By.CSS_SELECTOR, ".hits a").click()
        assert texts(browser, "h1")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
