"""vhb, the virtual university of Bavaria: its open courses, by its MOOChub list."""

from crawlers.engines.moochub import MoochubSpider


class Vhb(MoochubSpider):
    """open.vhb.org."""

    name = "vhb"
    title = "OPEN vhb"
    home = "https://open.vhb.org"
    languages = ("de", "en")
    timezone = "Europe/Berlin"
    feeds = {2: "/oersi.json"}  # noqa: RUF012 - a declaration, as in every file
    floor = 50  # some 150 by estimate
    licence = "Given for re-use through MOOChub; facts and short quotations, with a link to each"
    terms = "https://open.vhb.org/"  # linked at the foot of every page
    robots = "Obeyed. The list is published for other platforms to read"
