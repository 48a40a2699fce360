"""openHPI, the Hasso Plattner Institute's platform, by its MOOChub list."""

from crawlers.engines.moochub import MoochubSpider


class OpenHpi(MoochubSpider):
    """open.hpi.de."""

    name = "openhpi"
    title = "openHPI"
    home = "https://open.hpi.de"
    languages = ("de", "en")
    timezone = "Europe/Berlin"
    feeds = {3: "/bridges/moochub/courses", 2: "/bridges/moochub/courses"}  # noqa: RUF012 - a declaration, as in every file
    floor = 60  # 150 to 200 by estimate
    licence = "Given for re-use through MOOChub; facts and short quotations, with a link to each"
    terms = "https://open.hpi.de/"  # linked at the foot of every page
    robots = "Obeyed. The list is published for other platforms to read"
