"""Brands' own academies, from data/academies.csv, kept by hand."""

from crawlers.engines.academies import AcademiesSpider


class Academies(AcademiesSpider):
    """The file is the whole of it: a line removed is an academy withdrawn."""

    name = "academies"
    title = "Academies (kept by hand)"
    home = "file:data/academies.csv"
    languages = ("fr", "en")
    timezone = "Europe/Paris"
    floor = 1  # an operator's own file may be as short
    licence = "Kept by hand for moocscout; names and addresses, as facts."
    terms = "file:data/academies.csv"
    robots = "No site is asked."
