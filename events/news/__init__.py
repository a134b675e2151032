"""What is new, the latest first: results as they come in, and what changed since."""
