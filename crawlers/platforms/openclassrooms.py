"""OpenClassrooms' courses in French: the site maps, then each page's microdata."""

from crawlers.engines.schema_org import SchemaOrgSpider


class OpenClassrooms(SchemaOrgSpider):
    """openclassrooms.com/fr."""

    name = "openclassrooms"
    title = "OpenClassrooms"
    home = "https://openclassrooms.com"
    languages = ("fr",)
    timezone = "Europe/Paris"
    course_path = r"/fr/courses/(?P<ref>\d+)-[^/]+/?"
    untyped = True  # itemprop="name" stands in no item that says it is a course
    shown = {  # noqa: RUF012 - a declaration, as in every file
        "workload": r"(?:Durée\s*:?\s*)?(\d+(?:[.,]\d+)?\s*heures?)",
        "level": r"(?:Difficulté\s*:?\s*)?(facile|moyenne?|difficile)",
    }
    # Every course can be read free of charge; certificates and whole paths are paid for.
    whole_site = {  # noqa: RUF012
        "provider": "OpenClassrooms",
        "languages": ("fr",),
        "access": "free_full",
        "price": 0.0,
    }
    floor = 200  # some 600 in French by estimate, never counted by us
    licence = "Listing data of OpenClassrooms; facts and short quotations, with a link to each"
    terms = "https://openclassrooms.com/fr/"  # linked at the foot of every page
    robots = "Obeyed; asked also for the addresses of the site maps, which nobody has recorded"
