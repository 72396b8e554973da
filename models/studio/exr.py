"""Reads the OpenEXR files that Blender writes (scan lines; none, ZIPS or ZIP compression; half, float, uint)."""
import struct
import zlib

import numpy as np

PIXEL_TYPES = {0: np.dtype("<u4"), 1: np.dtype("<f2"), 2: np.dtype("<f4")}
LINES_PER_BLOCK = {0: 1, 2: 1, 3: 16}
MAGIC = 20000630


def read(path):
    """Channel name to a float32 array (height, width). Channels of a render pass are named <view layer>.<pass>.<component>."""
    with open(path, "rb") as file:
        data = file.read()
    if struct.unpack_from("<I", data, 0)[0] != MAGIC:
        raise ValueError(f"expected an OpenEXR file, got {path}")
    attributes, at = _attributes(data)
    compression = attributes["compression"][0]
    if compression not in LINES_PER_BLOCK:
        raise ValueError(f"expected ZIP or no compression in {path}, got type {compression}")
    left, top, right, bottom = struct.unpack("<4i", attributes["dataWindow"])
    width, height = right - left + 1, bottom - top + 1
    channels = _channels(attributes["channels"])
    lines = LINES_PER_BLOCK[compression]
    blocks = (height + lines - 1) // lines
    planes = {name: np.empty((height, width), np.float32) for name, _ in channels}
    for offset in struct.unpack_from(f"<{blocks}Q", data, at):
        y, size = struct.unpack_from("<ii", data, offset)
        rows = min(lines, height - (y - top))
        full = rows * width * sum(kind.itemsize for _, kind in channels)
        raw = data[offset + 8:offset + 8 + size]
        if compression and size < full:
            raw = _unpredict(zlib.decompress(raw))
        at_byte = 0
        for row in range(y - top, y - top + rows):
            for name, kind in channels:
                planes[name][row] = np.frombuffer(raw, kind, width, at_byte)
                at_byte += width * kind.itemsize
    return planes


def colour(planes, name):
    """The three components of a pass, whatever they are called, as (height, width, 3)."""
    for letters in ("RGB", "XYZ"):
        keys = [key for letter in letters for key in planes if key.endswith(f"{name}.{letter}")]
        if len(keys) == 3:
            return np.stack([planes[key] for key in keys], -1)
    raise KeyError(f"no pass {name}")


def value(planes, name):
    """A pass of one component as (height, width)."""
    for key in planes:
        if any(key.endswith(f".{name}{end}") for end in (".X", ".V", ".R", "")):
            return planes[key]
    raise KeyError(f"no pass {name}")


def _text(data, at):
    end = data.index(b"\0", at)
    return data[at:end].decode(), end + 1


def _attributes(data):
    found, at = {}, 8
    while data[at] != 0:
        name, at = _text(data, at)
        _, at = _text(data, at)
        (size,) = struct.unpack_from("<i", data, at)
        found[name] = data[at + 4:at + 4 + size]
        at += 4 + size
    return found, at + 1


def _channels(listing):
    channels, at = [], 0
    while listing[at] != 0:
        name, at = _text(listing, at)
        channels.append((name, PIXEL_TYPES[struct.unpack_from("<i", listing, at)[0]]))
        at += 16
    return channels


def _unpredict(packed):
    """Undoes the two steps before compression: differences of neighbouring bytes, and even bytes stored before odd ones."""
    steps = np.frombuffer(packed, np.uint8).astype(np.int64)
    steps[1:] -= 128
    plain = (np.cumsum(steps) & 255).astype(np.uint8)
    half = (len(plain) + 1) // 2
    out = np.empty_like(plain)
    out[0::2], out[1::2] = plain[:half], plain[half:]
    return out.tobytes()
