"""NAU, the platform of Portugal's universities and public bodies: www.nau.edu.pt, on Richie."""

from crawlers.engines.richie import RichieSpider


class Nau(RichieSpider):
    """NAU, Sempre a Aprender."""

    name = "nau"
    title = "NAU"
    home = "https://www.nau.edu.pt"
    languages = ("pt", "en")
    timezone = "Europe/Lisbon"
    # Not counted by us; NAU has listed well over a hundred courses for years.
    floor = 100
    licence = "Listing texts belong to NAU and its partners; facts and short quotes only."
    terms = "https://www.nau.edu.pt/pt/termos-e-condicoes/"
    robots = "Obeyed. Richie's own robots.txt forbids nothing, the catalogue's API included."
