"""eGov-Campus, courses on digital government, by its MOOChub list."""

from crawlers.engines.moochub import MoochubSpider


class EGovCampus(MoochubSpider):
    """learn.egov-campus.org."""

    name = "egov_campus"
    title = "eGov-Campus"
    home = "https://learn.egov-campus.org"
    languages = ("de", "en")
    timezone = "Europe/Berlin"
    feeds = {3: "/bridges/moochub/courses", 2: "/bridges/moochub/courses"}  # noqa: RUF012 - a declaration, as in every file
    floor = 10  # never counted by us: a low guard
    licence = "Given for re-use through MOOChub; facts and short quotations, with a link to each"
    terms = "https://egov-campus.org/"  # linked at the foot of every page
    robots = "Obeyed. The list is published for other platforms to read"
