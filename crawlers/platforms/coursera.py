"""Coursera, by its site map and course pages."""

from crawlers.engines.coursera import CourseraSpider


class Coursera(CourseraSpider):
    """www.coursera.org."""

    name = "coursera"
    title = "Coursera"
    home = "https://www.coursera.org"
    floor = 10_000  # its site map listed 15,158 courses in January 2026
    licence = (
        "Listing data of Coursera, Inc.; facts and short quotations, with a link to each course"
    )
    terms = "https://www.coursera.org/about/terms"
    robots = "/learn and the site map are allowed; /api, /search are not and are not asked"
