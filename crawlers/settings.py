"""Conduct as a guest on other people's sites, and nothing else.

Scrapy's own defaults would ignore robots.txt, wait for nobody and accept a gigabyte.
"""

import os

BOT_NAME = "moocscout"
SPIDER_MODULES = ["crawlers.platforms"]
NEWSPIDER_MODULE = "crawlers.platforms"

# Who we are and how to reach whoever runs the crawl; the command refuses the public web without.
CONTACT = os.environ.get("MOOCSCOUT_CONTACT", "")
USER_AGENT = f"moocscout/0.1 (+{CONTACT or 'no contact given'})"
ROBOTSTXT_USER_AGENT = "moocscout"
ROBOTSTXT_OBEY = True

# One request at a time, a second apart at least: no jitter, which would also shorten the wait.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
REDIRECT_MAX_TIMES = 3
RETRY_TIMES = 2
# 429 and 503 are answered by conduct.RetryAfter, which waits as long as the site asks.
RETRY_HTTP_CODES = [500, 502, 504, 408, 522, 524]
COOKIES_ENABLED = False
# A guest says nothing of where it comes from, and follows no page that refreshes itself.
REFERER_ENABLED = False
METAREFRESH_ENABLED = False

TWISTED_DNS_RESOLVER = "crawlers.resolving.PublicResolver"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawlers.conduct.OnSite": 50,
    "crawlers.conduct.Robots": 100,
    "crawlers.conduct.RetryAfter": 560,
    "crawlers.conduct.Conditional": 570,
    "crawlers.conduct.Redirects": 600,
}
EXTENSIONS = {"crawlers.conduct.CrawlDelay": 500}
ITEM_PIPELINES = {"crawlers.pipeline.CataloguePipeline": 300}

# Both would let other programs on this machine run code in the crawl.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# One item a page, stored at once: Scrapy would start a hundred workers for each answer.
CONCURRENT_ITEMS = 1
# Would read the source of every callback at start.
WARN_ON_GENERATOR_RETURN_VALUE = False

HTTPCACHE_ENABLED = False
HTTPCACHE_DIR = "httpcache"
LOG_LEVEL = "INFO"
FEED_EXPORT_ENCODING = "utf-8"
# An item of ours is a page of courses; a feed holds one course per line.
FEED_EXPORTERS = {
    **dict.fromkeys(("jsonl", "jl", "jsonlines"), "crawlers.feed.JsonLines"),
    "json": "crawlers.feed.Json",
    "csv": "crawlers.feed.Csv",
}
