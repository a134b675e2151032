"""Tests of racing.pictures."""
