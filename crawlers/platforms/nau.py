"""NAU, the platform of Portugal's universities and public bodies: www.nau.edu.pt, on Richie."""

from crawlers.engines.richie import RichieSpider


class Nau(RichieSpider):
    """NAU, Sempre a Aprender."""

    name = "nau"
    title = "NAU"
    home = "https://www.nau.edu.pt"
    languages = ("pt", "en")
    timezone = "Europe/Lisbon"
    floor = 50  # never counted by us: a low guard, against an index that is being rebuilt
    licence = (
        "Listing data of NAU and its partners; facts and short quotations, with a link to each"
        " course"
    )
    terms = "https://www.nau.edu.pt/pt/"  # linked at the foot of every page
    robots = "Obeyed; Richie's own robots.txt forbids nothing"
