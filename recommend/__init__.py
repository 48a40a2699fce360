"""Ranks the catalogue's courses for a professional's profile, with every point explained."""
