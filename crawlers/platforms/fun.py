"""FUN, the French universities' platform: www.fun-mooc.fr, run on Richie."""

from crawlers.engines.richie import RichieSpider


class Fun(RichieSpider):
    """France Université Numérique."""

    name = "fun"
    title = "FUN"
    home = "https://www.fun-mooc.fr"
    languages = ("fr", "en")
    timezone = "Europe/Paris"
    floor = 250  # the press counted 330 to 500 courses from 2016 to 2020; archived ones stay listed
    licence = (
        "Listing data of FUN and its institutions; facts and short quotations, with a link to each"
        " course"
    )
    terms = "https://www.fun-mooc.fr/fr/"  # linked at the foot of every page
    robots = "Obeyed; Richie's own robots.txt forbids nothing"
