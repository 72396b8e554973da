"""Layers of a folded towel: cushions with round rims, the loops of the pile standing out of them. mm; -y towards the viewer."""
import math

import numpy as np

from studio import mesh
from studio.outline import smooth_field


class Layer:
    """
    One layer of the stack. width, depth, thickness; z of its middle; front: y of its foremost edge. fine: how far behind the front the pile
    is modelled in full, the rest is hidden by other layers.
    """

    def __init__(self, name, width, depth, thickness, z, front, seed, fine):
        self.name, self.width, self.depth, self.half = name, width, depth, thickness / 2
        self.z, self.front, self.seed, self.fine = z, front, seed, fine

    def ways(self, step):
        """Way over the top from the back edge, mm, row by row: coarse where hidden. It ends below the front edge."""
        quarter = math.pi / 2 * self.half
        straight = self.depth - 2 * self.half
        start = max(quarter + straight - self.fine, 0.0)
        coarse = np.linspace(0, start, max(2, int(start / 3)), endpoint=False) if start > 0 else []
        end = 2 * quarter + straight + quarter + 12
        return np.r_[coarse, np.arange(start, end, step)]

    def from_end(self, way):
        """Way along the surface from the foremost edge upwards."""
        return math.pi * self.half + self.depth - 2 * self.half - way

    def section(self, way):
        """(y, offset along y, offset along z) of each row: a middle line, and how far the skin is off it."""
        h, quarter = self.half, math.pi / 2 * self.half
        back, nose = self.front + self.depth - h, self.front + h
        top = quarter + self.depth - 2 * h
        angle = np.where(way < quarter, math.pi / 2 - way / h, np.where(way < top, 0.0, -np.minimum((way - top) / h, math.pi)))
        middle = np.clip(back - (way - quarter), nose, back) + np.clip(way - top - math.pi * h, 0, None)
        return middle, h * np.sin(angle), h * np.cos(angle)

    def columns(self, step):
        """x of the middle line and the share of the thickness there, from right to left: the rims at both sides are round."""
        h = self.half
        inner, rim = self.width / 2 - h, math.pi / 2 * h
        way = np.arange(inner + rim, -(inner + rim) - step / 2, -step)
        angle = np.clip((np.abs(way) - inner) / h, 0, math.pi / 2)
        return way, np.clip(way, -inner, inner) + np.sign(way) * h * np.sin(angle), np.cos(angle)

    def build(self, material, height, step, printed=None):
        """height: (across, from the end) in mm to heights. printed: those, the points and their heights to print positions (u, v)."""
        way, (across, x, share) = self.ways(step), self.columns(step)
        middle, off_y, off_z = self.section(way)
        base = np.stack(np.broadcast_arrays(x[None, :], middle[:, None] + off_y[:, None] * share, self.z + off_z[:, None] * share), -1)
        base = base + self.unevenness(base)
        right, end = np.broadcast_arrays(across[None, :], self.from_end(way)[:, None])
        normal = _unit(np.cross(np.gradient(base, axis=1), np.gradient(base, axis=0)))
        heights = height(right, end)
        points = base + normal * heights[..., None]
        uv = {"skin": np.dstack([right, -end])}
        if printed:
            uv["print"] = printed(right, end, points, heights)
        return mesh.grid(self.name, points, material, uv=uv)

    def unevenness(self, base):
        """What folding by hand leaves: edges that are not quite straight, tops that are not quite level."""
        flat = base.reshape(-1, 3)
        edges = smooth_field(flat[:, :2], 210, self.seed).reshape(*base.shape[:2], 2)
        level = smooth_field(flat[:, :2], 130, self.seed + 50)[:, 0].reshape(base.shape[:2])
        across = 2 * base[..., 0] / self.width
        along = 2 * (base[..., 1] - self.front) / self.depth - 1
        swell = np.clip(1 - across ** 4, 0, 1) * (0.5 + 0.5 * np.clip(1 - along ** 4, 0, 1)) * 4.0
        # Corners are pulled in a little: cloth turns them round.
        corner = (np.abs(across) * np.abs(along)) ** 14 * [[[7.0]], [[5.0]]]
        return np.dstack([edges[..., 0] * 1.3 - np.sign(across) * corner[0], edges[..., 1] * 1.3 - np.sign(along) * corner[1], level + swell])


def _unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
