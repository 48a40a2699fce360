"""MIT Learn: OpenCourseWare, MITx, xPRO and the other offers of the university, by their API."""

from crawlers.engines.mit_learn import MitLearnSpider


class MitLearn(MitLearnSpider):
    """learn.mit.edu, asked at api.learn.mit.edu."""

    name = "mit_learn"
    title = "MIT Learn"
    home = "https://api.learn.mit.edu"
    timezone = "America/New_York"
    # Not counted by us; 2,500 to 4,000 courses are known of.
    floor = 1_500
    licence = "Listing texts belong to MIT; facts and short quotes, with a link to each course."
    terms = "https://learn.mit.edu/terms"
    robots = "Obeyed. That of learn.mit.edu allows all; the API's own is asked at each crawl."
