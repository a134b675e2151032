"""Calendars that people subscribe to: what is in one, and how it is written."""
