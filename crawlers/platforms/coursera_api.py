"""Coursera, by its catalogue API: only when named and when robots.txt is overridden."""

from crawlers.engines.coursera_api import CourseraApiSpider


class CourseraApi(CourseraApiSpider):
    """api.coursera.org."""

    name = "coursera_api"
    title = "Coursera (catalogue API)"
    home = "https://api.coursera.org"
    floor = 15_000  # 20,659 courses in April 2026
    licence = (
        "Listing data of Coursera, Inc.; facts and short quotations, with a link to each course"
    )
    terms = "https://www.coursera.org/about/terms"
    robots = (
        "robots.txt disallows /api/: asked only when the operator overrides it for this platform"
    )
