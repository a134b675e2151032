"""Biographies: facts as tokens in their texts, and what the facts say against them."""
