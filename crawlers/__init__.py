"""Scrapy spiders that harvest course listings. Feeds the catalogue; knows nothing of ranking."""
