"""The two straps: hung over a peg, or lying above the bag."""
import math

import numpy as np
from scipy.interpolate import LinearNDInterpolator

from studio import mesh
from studio.material import wood
from studio.outline import lengths, spline

from bag import HANDLE_AT, HANDLE_WIDTH, PATCH

THICKNESS = 2.4
PEG_HEIGHT, PEG_RADIUS, WALL = 268.0, 11.0, 34.0


def strap(name, middle, across, material):
    """Webbing along its middle line, `across` a direction per point; its pattern counts from the nearer end, for the stitches there."""
    section = np.linspace(-HANDLE_WIDTH / 2, HANDLE_WIDTH / 2, 9)
    points = middle[:, None] + across[:, None] * section[None, :, None]
    way = lengths(middle)
    way = np.minimum(way, way[-1] - way)
    made = mesh.grid(name, points, material, uv={"pattern": np.dstack(np.broadcast_arrays(section[None], way[:, None]))})
    mesh.shade_smooth(made, 50)
    mesh.solidify(made, THICKNESS, offset=0)
    return made


def _across(middle, turn):
    """Directions across a strap that lies flat to the viewer where turn is 0 and edge-on where it is a quarter turn."""
    ahead = np.gradient(middle, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    away = np.array([0, 1.0, 0])
    flat = np.cross(ahead, away)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    side = flat * np.cos(turn)[:, None] + away * np.sin(turn)[:, None]
    side -= ahead * (side * ahead).sum(1, keepdims=True)
    return side / np.linalg.norm(side, axis=1, keepdims=True)


def _sewn_on(panel, x, off=2.2):
    """Points from the lower end of the patch up to the hem, just in front of the bag."""
    surface = LinearNDInterpolator(panel["flat"], panel["points"])
    return np.array([surface(x, z) for z in np.linspace(-PATCH, -3, 12)]).reshape(-1, 3) - [0, off, 0]


def hung(panel, front, material):
    """From the bag over the peg and back, turning a quarter on the way up."""
    on_peg, halves = (-17.0 if front else 15.0), []
    for sign in (-1, 1):
        lower = _sewn_on(panel, sign * HANDLE_AT) if front else np.array([(sign * HANDLE_AT * 0.972, 4.0, z) for z in (-30.0, -5.0)])
        t = np.linspace(0, 1, 60)[1:]
        way = lower[-1] + (np.array([sign * (PEG_RADIUS + 1.4), on_peg, PEG_HEIGHT]) - lower[-1]) * t[:, None]
        way[:, 0] += sign * (5 if front else 7) * np.sin(math.pi * t)
        way[:, 1] = lower[-1, 1] + (on_peg - lower[-1, 1]) * t * t * (3 - 2 * t) - 3 * np.sin(math.pi * t)
        turn = np.r_[np.zeros(len(lower)), math.pi / 2 * np.clip((t - 0.12) / 0.88, 0, 1) ** 1.5]
        halves.append((np.vstack([lower, way]), turn))
    over = np.linspace(math.pi, 0, 26)[1:-1]
    radius = PEG_RADIUS + 1.4
    arch = np.c_[radius * np.cos(over), 0 * over + on_peg, PEG_HEIGHT + radius * np.sin(over)]
    (left, left_turn), (right, right_turn) = halves
    middle = np.vstack([left, arch, right[::-1]])
    turn = np.r_[left_turn, np.full(len(arch), math.pi / 2), right_turn[::-1]]
    return strap("front handle" if front else "back handle", middle, _across(middle, turn), material)


def laid(panel, front, material, table):
    """A loose loop above the bag, flat on the table; the back one lies under the front one and leans a little."""
    lean, high, depth = (12, 196, table - 5.5) if front else (-36, 226, table - 2.0)
    ends = [_sewn_on(panel, sign * HANDLE_AT) if front else np.array([(sign * HANDLE_AT, depth, z) for z in np.linspace(-30, -5, 6)]) for sign in (-1, 1)]
    knots = [ends[0][-1], (-HANDLE_AT - 6 + lean * 0.3, depth - 1, high * 0.38), (-HANDLE_AT + 14 + lean, depth, high * 0.78), (lean, depth - 1, high),
             (HANDLE_AT - 12 + lean, depth, high * 0.8), (HANDLE_AT + 7 + lean * 0.3, depth - 1, high * 0.4), ends[1][-1]]
    middle = np.vstack([ends[0][:-1], spline(knots, 4.0), ends[1][::-1][1:]])
    return strap("front handle" if front else "back handle", middle, _across(middle, np.zeros(len(middle))), material)


def peg_wood():
    """Turned ash: rings around its middle, fibres along it."""
    material = wood("peg", "peg", roughness=0.5)
    x, y, z = material.object_mm()
    place = material.vector(x, material.multiply(y, 0.06), z)
    off = material.math("SQRT", material.add(material.multiply(x, x), material.multiply(material.subtract(z, 6.0), material.subtract(z, 6.0))))
    rings = material.sine(material.add(off, material.multiply(material.noise(place, 5, 2), 3.0)), 2.6)
    fibres = material.noise(place, 0.5, 3)
    tone = material.add(material.multiply(rings, 0.22), material.multiply(fibres, 0.6))
    material.set(base_color=material.ramp(tone, [(0.0, (0.36, 0.19, 0.085)), (0.35, (0.52, 0.30, 0.14)), (0.75, (0.62, 0.39, 0.20))]))
    return material


def build_peg():
    profile = [(PEG_RADIUS, -WALL - 1), (PEG_RADIUS, 44), (9.6, 46.5), (7.5, 48), (0.01, 48)]
    peg = mesh.lathe("peg", profile, peg_wood(), segments=48)
    points = mesh.points_of(peg)
    # Turned to stick out of the wall, towards the viewer.
    mesh.move_points(peg, np.c_[points[:, 0], -points[:, 2], points[:, 1]])
    peg.location.z = PEG_HEIGHT * mesh.MM
    return peg
