"""Tests that take long: make deep."""
