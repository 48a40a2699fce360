"""FUN's Open edX, by its course list: the example of an Open edX instance."""

from crawlers.engines.openedx import OpenEdxSpider


class FunLms(OpenEdxSpider):
    """lms.fun-mooc.fr."""

    name = "fun_lms"
    title = "FUN (Open edX)"
    home = "https://lms.fun-mooc.fr"
    languages = ("fr", "en")
    timezone = "Europe/Paris"
    overview = True
    floor = 250  # as fun's
    licence = (
        "Listing data of FUN and its institutions; facts and short quotations, with a link to each"
        " course"
    )
    terms = "https://www.fun-mooc.fr/fr/"  # linked at the foot of every page
    opt_in = "the same courses as fun, with less said of each; crawl fun unless you compare them"
