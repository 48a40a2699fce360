"""FutureLearn: the site map, then each course's page, with what it shows beside its markup."""

from crawlers.engines.schema_org import SchemaOrgSpider


class FutureLearn(SchemaOrgSpider):
    """www.futurelearn.com."""

    name = "futurelearn"
    title = "FutureLearn"
    home = "https://www.futurelearn.com"
    timezone = "Europe/London"
    site_maps = ("/sitemap.xml",)
    course_path = r"/courses/(?P<ref>(?!categories$|collections$)[^/]+)/?"
    # The classes change with every build of the site; the labels have stayed since 2022.
    shown = {"workload": r"Duration (\d+ weeks?)", "weekly": r"Weekly study (\d+ hours?)"}  # noqa: RUF012
    floor = 800  # 1,816 courses were crawled in 2022
    licence = "Listing data of FutureLearn; facts and short quotations, with a link to each course"
    terms = "https://www.futurelearn.com/terms"
    robots = "Obeyed; as recorded, only /info/wp-* is disallowed"
