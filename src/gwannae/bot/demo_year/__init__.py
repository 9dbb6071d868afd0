"""A made-up city year for the demo and the browser tests: the same to the byte each time, for any city file."""

from gwannae.bot.demo_year.firms import DEMO_TODAY, demo_vendors
from gwannae.bot.demo_year.people import (
    TEAM_ID,
    DemoOrganisation,
    DemoPerson,
    demo_colleagues,
    demo_organisations,
    demo_people,
)
from gwannae.bot.demo_year.purchases import DemoPurchase, demo_purchases
from gwannae.bot.demo_year.sowing import SownYear, demo_now, sow

__all__ = [
    "DEMO_TODAY",
    "TEAM_ID",
    "DemoOrganisation",
    "DemoPerson",
    "DemoPurchase",
    "SownYear",
    "demo_colleagues",
    "demo_now",
    "demo_organisations",
    "demo_people",
    "demo_purchases",
    "demo_vendors",
    "sow",
]
