"""Brand channels on YouTube, those that data/channels.csv names."""

from crawlers.engines.youtube import YoutubeSpider


class Youtube(YoutubeSpider):
    """www.youtube.com."""

    name = "youtube"
    title = "YouTube (brand channels)"
    home = "https://www.youtube.com"
    languages = ("fr", "en")
    floor = 1
    licence = "Titles and descriptions belong to the channels; facts and short quotes, linked."
    terms = "https://www.youtube.com/t/terms"
    robots = (
        "Obeyed. It has disallowed /feeds/videos.xml to robots since 2025 at the latest, so the"
        " public site gives nothing unless its owner allows you."
    )
    opt_in = (
        "robots.txt of www.youtube.com disallows the feeds, and it is obeyed: only where you have"
        " been allowed in, or on a copy of yours (--base-url), does this platform give anything"
    )
