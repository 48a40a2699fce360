"""KI-Campus, German courses on artificial intelligence, by its MOOChub list."""

from crawlers.engines.moochub import MoochubSpider


class KiCampus(MoochubSpider):
    """learn.ki-campus.org."""

    name = "ki_campus"
    title = "KI-Campus"
    home = "https://learn.ki-campus.org"
    languages = ("de", "en")
    timezone = "Europe/Berlin"
    feeds = {3: "/bridges/moochub/courses", 2: "/bridges/moochub/courses"}  # noqa: RUF012 - a declaration, as in every file
    floor = 30  # 60 in 2023
    licence = "Given for re-use through MOOChub; facts and short quotations, with a link to each"
    terms = "https://ki-campus.org/"  # linked at the foot of every page
    robots = "Obeyed. The list is published for other platforms to read"
