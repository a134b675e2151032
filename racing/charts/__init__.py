"""Charts of positions: `plots` places, `shapes` draws, `charts` sets the picture."""
