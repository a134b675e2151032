"""What pages say to machines: JSON-LD with schema.org's vocabulary."""
