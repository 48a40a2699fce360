"""FUN, the French universities' platform: www.fun-mooc.fr, run on Richie."""

from crawlers.engines.richie import RichieSpider


class Fun(RichieSpider):
    """France Université Numérique."""

    name = "fun"
    title = "FUN"
    home = "https://www.fun-mooc.fr"
    languages = ("fr", "en")
    timezone = "Europe/Paris"
    # The press counted 330 to 500 courses from 2016 to 2020, and archived ones stay listed.
    floor = 250
    licence = "Listing texts belong to FUN and its institutions; facts and short quotes only."
    terms = "https://www.fun-mooc.fr/fr/mentions-legales/"
    robots = "Obeyed. Richie's own robots.txt forbids nothing, the catalogue's API included."
