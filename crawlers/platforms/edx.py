"""edX: the site map, then each /learn page with its JSON-LD."""

from crawlers.engines.schema_org import SchemaOrgSpider


class Edx(SchemaOrgSpider):
    """www.edx.org."""

    name = "edx"
    title = "edX"
    home = "https://www.edx.org"
    site_maps = ("/sitemap.xml",)
    # /es/ and /aprende/, the same courses in Spanish, are disallowed and do not match.
    course_path = r"/learn/(?P<subject>[^/]+)/(?P<ref>[^/]+)/?"
    about = "skills"
    delay = 10.0
    floor = 3_000  # some 5,300 pages were listed in August 2026
    licence = "Listing data of edX LLC; facts and short quotations, with a link to each course"
    terms = "https://www.edx.org/edx-terms-service"
    robots = "Obeyed. /learn/ is allowed; /es/ and /aprende/ are not and are not asked"
