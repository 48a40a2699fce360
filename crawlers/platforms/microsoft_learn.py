"""Microsoft Learn, in French and English, by its catalogue API."""

from crawlers.engines.microsoft_learn import MicrosoftLearnSpider


class MicrosoftLearn(MicrosoftLearnSpider):
    """learn.microsoft.com/training."""

    name = "microsoft_learn"
    title = "Microsoft Learn"
    home = "https://learn.microsoft.com"
    languages = ("fr", "en")
    locales = {"fr": "fr-fr", "en": "en-us"}  # noqa: RUF012 - a declaration, as in every file
    # Not counted by us; some 4,000 modules are known of.
    floor = 2_000
    licence = "Listing texts belong to Microsoft; facts and short quotes, under the API's terms."
    terms = "https://learn.microsoft.com/en-us/legal/termsofuse"
    robots = "Obeyed. /api/catalog/ is allowed; /api/nextsteps/ and /api/attachments/ are not."
