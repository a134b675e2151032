"""What the pages of race weekends say to machines."""
