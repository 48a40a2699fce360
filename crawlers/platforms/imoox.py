"""iMooX, the platform of Austria's universities, by its MOOChub list."""

from crawlers.engines.moochub import MoochubSpider


class Imoox(MoochubSpider):
    """imoox.at."""

    name = "imoox"
    title = "iMooX"
    home = "https://imoox.at"
    languages = ("de", "en")
    timezone = "Europe/Vienna"
    feeds = {  # noqa: RUF012 - a declaration, as in every file
        3: "/mooc/local/moochubs/classes/webservice.php",
        2: "/mooc/local/moochubs/moochubs_v2.json",
    }
    floor = 80  # some 250 by estimate
    licence = "Given for re-use through MOOChub; facts and short quotations, with a link to each"
    terms = "https://imoox.at/"  # linked at the foot of every page
    robots = "Obeyed. The list is published for other platforms to read"
