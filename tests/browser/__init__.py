"""Journeys through the real pages, as a person makes them."""
