"""Writes 16-bit RGB PNG files, which PIL cannot."""
import struct
import zlib

import numpy as np


def write(path, values):
    """values: (height, width, 3) as 0..1. Each row takes the filter that leaves the smallest numbers."""
    samples = (np.clip(values, 0, 1) * 65535 + 0.5).astype(">u2")
    height, width, channels = samples.shape
    rows = samples.reshape(height, -1).view(np.uint8).astype(np.int16)
    step = 2 * channels
    above = np.vstack([np.zeros((1, rows.shape[1]), np.int16), rows[:-1]])
    left = np.hstack([np.zeros((height, step), np.int16), rows[:, :-step]])
    corner = np.hstack([np.zeros((height, step), np.int16), above[:, :-step]])
    guesses = {0: 0, 1: left, 2: above, 4: _paeth(left, above, corner)}
    filtered = {kind: (rows - guess) & 255 for kind, guess in guesses.items()}
    cost = np.stack([np.abs(((part + 128) & 255) - 128).sum(1) for part in filtered.values()], 1)
    kinds = list(filtered)
    lines = [bytes([kinds[best]]) + filtered[kinds[best]][y].astype(np.uint8).tobytes() for y, best in enumerate(cost.argmin(1))]
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(lines), 9)) + _chunk(b"IEND", b""))


def _paeth(left, above, corner):
    guess = left + above - corner
    far = [np.abs(guess - one) for one in (left, above, corner)]
    return np.where((far[0] <= far[1]) & (far[0] <= far[2]), left, np.where(far[1] <= far[2], above, corner))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
