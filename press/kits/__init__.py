"""Press kits: what the media get to know of a driver or a team, once as data.

`drivers` and `teams` gather a kit, `documents` makes trees of it, `files` writes those
and packs them. The page shows the same kit: every fact is printed once, and so is the
same to the character wherever it stands.
"""
