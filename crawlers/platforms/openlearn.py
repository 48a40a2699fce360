"""OpenLearn, the Open University's free courses: the site maps, then each course's page."""

from crawlers.engines.schema_org import SchemaOrgSpider


class OpenLearn(SchemaOrgSpider):
    """www.open.edu/openlearn."""

    name = "openlearn"
    title = "OpenLearn"
    home = "https://www.open.edu"
    timezone = "Europe/London"
    # A course's first page; the others repeat its markup.
    course_path = (
        r"/openlearn/(?P<subject>[^/]+)/(?:[^/]+/)?(?P<ref>[^/]+)/content-section-(?:0|overview)/?"
    )
    shown = {  # noqa: RUF012 - a declaration, as in every file
        "workload": r"(?:About )?(\d+ hours?)(?: of)? study",
        "level": r"(?:Level:? ?)?(\d ?:? ?(?:introductory|intermediate|advanced))",
    }
    whole_site = {  # noqa: RUF012
        "provider": "The Open University",
        "languages": ("en",),
        "access": "free_full",
        "price": 0.0,
    }
    floor = 300  # some 900 by estimate, never counted by us
    licence = "Listing data of The Open University; facts and short quotations, with a link to each"
    terms = "https://www.open.edu/openlearn/"  # linked at the foot of every page
    robots = "Obeyed; asked also for the addresses of the site maps, which nobody has recorded"
