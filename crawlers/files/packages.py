"""Course packages: SCORM 1.2 and 2004, Common Cartridge (imsmanifest.xml) and cmi5 (cmi5.xml).

A package is one course. Only its manifest is read; elements are matched by their local names,
since each version has a namespace of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from catalogue import clean
from catalogue.course import Course
from catalogue.errors import Unreadable, WrongUse
from crawlers.files.intake import Facts, Intake
from crawlers.files.opened import Archive, contents, local, xml

MANIFEST, CMI5 = "imsmanifest.xml", "cmi5.xml"
_DIFFICULTIES = {
    "very easy": "beginner", "easy": "beginner", "medium": "intermediate",
    "difficult": "advanced", "very difficult": "advanced",
}  # fmt: skip
_NO_LANGUAGE = ("none", "x-none", "und", "unknown")
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d+)?)")
_CARTRIDGE = re.compile(r"common cartridge|/imscc|imsccv", re.IGNORECASE)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def manifest_of(path: Path, name: str) -> Element:
    """The root of a package's manifest, of a zip or of the manifest lying alone.

    Raises WrongUse when the package has none at its top.
    """
    if path.suffix.casefold() == ".xml":
        return xml(contents(path), path.name)
    with Archive(path) as archive:
        if name in archive.names:
            return xml(archive.read(name), f"{path.name}: {name}")
        inside = sorted(n for n in archive.names if n.rpartition("/")[2] == name)
    if inside:
        raise WrongUse(
            f"{path.name}: {name} lies in {inside[0]!r}, not at the top; zip what is in the folder,"
            " not the folder"
        )
    raise WrongUse(f"{path.name} has no {name}; it is no such package, try KIND auto")


def schema_of(root: Element) -> str:
    """What a manifest says it is: "scorm" or "cartridge"."""
    said = " ".join(text for each in _all(root, "schema") if (text := each.text))
    marks = " ".join((said, root.tag, *root.attrib.values()))
    return "cartridge" if _CARTRIDGE.search(marks) else "scorm"


def take_manifest(path: Path, kind: str, intake: Intake) -> None:
    """Add the course of a SCORM package or a Common Cartridge. Raises WrongUse."""
    root = manifest_of(path, MANIFEST)
    if local(root.tag) != "manifest":
        raise WrongUse(f"{path.name}: a <manifest> expected, got <{local(root.tag)[:40]}>")
    if kind != (found := schema_of(root)):
        raise WrongUse(f"{path.name} is a {found} package; name KIND {found} or auto")
    ref = root.get("identifier") or path.stem
    lom = next(_all(_child(root, "metadata"), "lom"), None)
    organisation = next(_all(root, "organization"), None)
    titles = _texts(_path(lom, "general", "title")) or _texts(_child(organisation, "title"))
    facts = Facts(intake, ref)
    _lom(facts, lom)
    _add(facts, path, titles, _texts(_path(lom, "general", "description")), {
        "subjects": clean.items(_flat(_paths(lom, "general", "keyword"))),
        "plan": _plan(organisation, "item"),
        "licence": clean.line(next(_flat(_paths(lom, "rights", "description")), None)),
    })  # fmt: skip


def take_cmi5(path: Path, intake: Intake) -> None:
    """Add the course of a cmi5 package. Raises WrongUse."""
    root = manifest_of(path, CMI5)
    course = _child(root, "course")
    if local(root.tag) != "coursestructure" or course is None:
        raise WrongUse(f"{path.name}: a cmi5 <courseStructure> with a <course> expected")
    facts = Facts(intake, course.get("id") or path.stem)
    titles = _texts(_child(course, "title"))
    _add(facts, path, titles, _texts(_child(course, "description")), {
        "plan": _plan(root, "block", "au"),
    })  # fmt: skip


def _add(
    facts: Facts,
    path: Path,
    titles: dict[str, str],
    descriptions: dict[str, str],
    lists: dict[str, object],
) -> None:
    """The course, in its own language or else the first that its title is in."""
    if not titles:
        facts.intake.refuse(path.name, "title: the manifest gives none", facts.ref)
        return
    if facts.ref in facts.intake.refs:
        # Authoring tools hand out the same identifier again and again.
        why = f"its identifier {facts.ref!r:.60} is another package's already; give it its own"
        facts.intake.refuse(path.name, why)
        return
    stated = facts.values.get("language")
    main = stated if stated in titles else next(iter(titles))
    if stated is None and main:
        facts.state("language", main, main)
    if language := facts.values.get("language"):
        facts.state("languages", (language,), facts.quotes["language"].words)
    translations = {
        code: {"title": title}
        | ({"description": descriptions[code]} if code in descriptions else {})
        for code, title in titles.items()
        if code and code != main
    }
    description = descriptions.get(main) or next(iter(descriptions.values()), None)
    facts.intake.add(
        Course(
            platform=facts.intake.platform,
            ref=facts.ref,
            url=facts.intake.address(facts.ref),
            title=titles[main],
            audience=facts.intake.audience,
            description=description,
            translations=translations or None,
            quotes=facts.quotes,
            **lists,  # type: ignore[arg-type]
            **facts.values,
        )
    )


def _lom(facts: Facts, lom: Element | None) -> None:
    """Facts of the Learning Object Metadata (IEEE 1484.12)."""
    facts.take("language", _language, _text(_path(lom, "general", "language")))
    time = _path(lom, "educational", "typicallearningtime")
    said = _text(_child(time, "duration")) or _text(_child(time, "datetime"))
    facts.take("total_hours", _hours, said)
    facts.take("level", _level, _value(_path(lom, "educational", "difficulty")))
    if (cost := _value(_path(lom, "rights", "cost"))) and cost.casefold() == "no":
        facts.state("price", 0.0, f"cost: {cost}")
        facts.state("access", "free_full", f"cost: {cost}")


def _language(words: str) -> str | None:
    return None if words.casefold() in _NO_LANGUAGE else clean.language(words)


def _hours(words: str) -> float | None:
    """SCORM 1.2's "0000:45:00.00", or ISO 8601 as since 2004."""
    if clock := _CLOCK.fullmatch(words):
        hours, minutes, seconds = (float(each) for each in clock.groups())
        return round(hours + minutes / 60 + seconds / 3600, 3) or None
    return clean.iso_hours(words)


def _level(words: str) -> str:
    level = _DIFFICULTIES.get(words.casefold())
    if level is None:
        raise Unreadable(words, "a difficulty")
    return level


def _child(element: Element | None, name: str) -> Element | None:
    return next((each for each in _children(element) if local(each.tag) == name), None)


def _children(element: Element | None) -> Iterable[Element]:
    return element if element is not None else ()


def _path(element: Element | None, *names: str) -> Element | None:
    for name in names:
        element = _child(element, name)
    return element


def _paths(element: Element | None, parent: str, name: str) -> list[Element]:
    return [each for each in _children(_child(element, parent)) if local(each.tag) == name]


def _all(element: Element | None, name: str) -> Iterator[Element]:
    if element is not None:
        yield from (each for each in element.iter() if local(each.tag) == name)


def _text(element: Element | None) -> str | None:
    return clean.line("".join(element.itertext())) if element is not None else None


def _value(element: Element | None) -> str | None:
    """The token of a vocabulary: its <value>, in SCORM 1.2 a <langstring> within."""
    return _text(_child(element, "value"))


def _texts(element: Element | None) -> dict[str, str]:
    """Texts by language, "" where none is named; the first of a language stands."""
    if element is None:
        return {}
    strings = [each for each in element if local(each.tag) in ("langstring", "string")]
    found: dict[str, str] = {}
    for each in strings or [element]:
        said = each.get(_LANGUAGE) or each.get("language") or each.get("lang") or ""
        try:
            code = _language(said) or "" if said else ""
        except Unreadable:
            code = ""
        if text := clean.plain("".join(each.itertext())):
            found.setdefault(code, text)
    return found


def _flat(elements: Iterable[Element]) -> Iterator[str]:
    return (text for each in elements for text in _texts(each).values())


def _plan(parent: Element | None, *names: str) -> tuple[str, ...] | None:
    """Titles of what stands directly in the course, in order."""
    parts = (each for each in _children(parent) if local(each.tag) in names)
    titles = (next(iter(_texts(_child(part, "title")).values()), None) for part in parts)
    return clean.items(titles)
