"""Sites on loopback that speak as FUN (Richie), NAU (Richie) and Coursera, with invented courses.

The demo and the tests crawl them through the real spiders. Every date is counted from a day
given as an argument, so that what they offer is as fresh today as in a year.
"""

from crawlers.demo.faults import Fault
from crawlers.demo.site import DemoSite

__all__ = ["DemoSite", "Fault"]
