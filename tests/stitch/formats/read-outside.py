"""Prints what pyembroidery reads from each file named: one JSON list of [x, y, command] for each line."""
import json
import sys

import pyembroidery

for path in sys.argv[1:]:
    settings = {"trims": True, "trim_distance": None} if path.endswith(".jef") else None
    pattern = pyembroidery.read(path, settings)
    print(json.dumps([[x, y, command & 0xFF] for x, y, command in pattern.stitches]))
