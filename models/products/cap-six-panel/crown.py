"""The crown: a superellipse in plan and in profile, six panels, seams, eyelets, button, sweatband. mm; theta runs from the front."""
import math

import numpy as np

from studio import mesh
from studio.flatten import flatten_grid
from studio.material import fabric
from studio.outline import smoothstep

from cloth_looks import stitch_row, twill

HALF_WIDTH, HALF_DEPTH, HEIGHT = 80.0, 97.0, 111.0
PRINT = {"x": 0, "y": 0, "width": 115, "height": 55}
PRINT_ABOVE_BRIM = 17.0
BRIM_ANGLE = 62.0  # the visor is sewn on up to so many degrees to either side
FRONT_ANGLE = 60.0
AROUND, UP = 384, 110
EYELET_ANGLES, EYELET_RISE = (-150, -90, -30, 30, 90, 150), math.radians(51)
EYELET_RADIUS = 3.1


def plan_radius(theta, power=2.25):
    return (np.abs(np.sin(theta) / HALF_WIDTH) ** power + np.abs(np.cos(theta) / HALF_DEPTH) ** power) ** (-1 / power)


def lower_edge(theta):
    """Height of the edge: arched over the visor, level behind it."""
    x = plan_radius(theta) * np.sin(theta)
    front = 1 - smoothstep(np.abs(np.degrees(theta)), BRIM_ANGLE - 6, BRIM_ANGLE + 34)
    return front * (12 - x * x / 300)


def surface(theta, rise):
    """theta -pi..pi, rise 0 (edge) .. pi / 2 (button) -> (..., 3) mm."""
    front = 0.5 + 0.5 * np.cos(theta)
    power = 2.12 + 0.62 * front ** 1.5  # the stiffened front stands up, the back is round
    rho = (np.abs(np.cos(rise)) ** power + np.abs(np.sin(rise)) ** power) ** (-1 / power)
    wide, high = rho * np.cos(rise), rho * np.sin(rise)
    share = rise / (math.pi / 2)
    flat_panels = 1 - (0.030 - 0.012 * front) * np.sin(3 * theta) ** 2 * smoothstep(share, 0.02, 0.75)
    radius = plan_radius(theta) * wide * flat_panels * (1 + 0.018 * np.sin(math.pi * np.clip(share * 1.6, 0, 1)))
    radius = radius + _unevenness(theta, share, front) * np.cos(rise)
    edge = lower_edge(theta)
    return np.stack([radius * np.sin(theta), -radius * np.cos(theta) + 5 * high * (1 - wide), edge + (HEIGHT - edge) * high], -1)


def _unevenness(theta, share, front):
    """What hands and soft cloth do: less than 1 mm on the stiff front, up to 2.5 mm on the soft back."""
    whole = 0.7 * np.sin(2 * theta + 1.3) * np.sin(3.1 * share + 0.5) + 0.5 * np.sin(5 * theta + 4 * share + 2) * np.sin(math.pi * share)
    soft = np.sin(7 * theta + 9 * share + 1) * np.sin(6 * share + 0.4) + 0.6 * np.sin(11 * theta - 7 * share)
    return whole + 1.3 * (1 - front) ** 0.7 * soft * np.sin(math.pi * np.clip(share * 1.25, 0, 1))


def print_positions(grid, theta):
    """mm of the print surface per grid point, laid flat as a heat press would; nowhere off the two front panels."""
    columns = np.nonzero(np.abs(np.degrees(theta)) <= FRONT_ANGLE + 0.01)[0]
    rows = np.arange(int(UP * 0.80))
    laid = flatten_grid(grid[np.ix_(rows, columns)])
    out = np.full(grid.shape[:2] + (2,), mesh.NOWHERE)
    out[np.ix_(rows, columns)] = np.stack([laid[..., 0] + PRINT["width"] / 2, PRINT_ABOVE_BRIM + PRINT["height"] - laid[..., 1]], -1)
    return out


def crown_material():
    material = fabric("crown", roughness=0.92, specular=0.2, sheen=0.15)
    across, up = material.uv("panel")
    seam, along = material.uv("seam")
    above, around = material.uv("edge")
    angle, _ = material.uv("angle")
    place = material.vector(across, up, angle)
    material.bump(*twill(material, across, up, place))
    material.bump(material.multiply(material.groove(seam, 0, 0.9), -1.6), stitch_row(material, seam, along, 4.6))
    material.bump(material.multiply(material.groove(seam, 2.3, 2.6), 0.55))
    pucker = material.multiply(material.noise(place, 6, 1), material.groove(seam, 4, 7))
    material.bump(material.multiply(pucker, 0.9))
    material.bump(stitch_row(material, above, around, 4.0), material.multiply(material.groove(above, 0, 1.4), -1.0))
    front = material.less(material.absolute(angle), FRONT_ANGLE)
    material.set_zone("crown-front", front).set_zone("crown-rest", material.subtract(1.0, front))
    return material.printable(where=front)


def build_crown():
    theta, rise = np.linspace(-math.pi, math.pi, AROUND + 1), np.linspace(0, math.pi / 2, UP + 1)
    angles, rises = np.meshgrid(theta, rise)
    grid = surface(angles, rises)
    up = np.concatenate([np.zeros((1, AROUND + 1)), np.cumsum(np.linalg.norm(np.diff(grid, axis=0), axis=-1), 0)])
    around = np.concatenate([np.zeros((UP + 1, 1)), np.cumsum(np.linalg.norm(np.diff(grid, axis=1), axis=-1), 1)], 1)
    # The crown is built panel by panel, so that each face knows its own panel also at the seams.
    holes = np.array([surface(np.array(math.radians(a)), np.array(EYELET_RISE)) for a in EYELET_ANGLES])
    printed, material, parts = print_positions(grid, theta), crown_material(), []
    step = AROUND // 6
    for panel in range(6):
        columns = slice(panel * step, (panel + 1) * step + 1)
        part, left = grid[:, columns], around[:, panel * step][:, None]
        width = around[:, (panel + 1) * step][:, None] - left
        here = around[:, columns] - left
        layers = {
            "print": printed[:, columns] if panel in (2, 3) else np.full(part.shape[:2] + (2,), mesh.NOWHERE),
            "panel": np.dstack([here - width / 2, up[:, columns]]),
            "skin": np.dstack([here - width / 2 + 200 * panel, -up[:, columns]]),
            "seam": np.dstack([np.minimum(here, width - here), up[:, columns]]),
            "edge": np.dstack(np.broadcast_arrays(up[:, columns], around[0, columns][None])),
            "angle": np.dstack([np.degrees(angles[:, columns]), rises[:, columns]]),
        }
        middle = (part[:-1, :-1] + part[1:, 1:]) / 2
        open_ = (np.linalg.norm(middle[..., None, :] - holes, axis=-1) < 2.3).any(-1)
        made = mesh.grid(f"panel {panel}", part, material, uv=layers, skip=lambda i, k, open_=open_: open_[i, k])
        mesh.solidify(made, 1.6)
        parts.append(made)
    return parts


def build_sweatband(material):
    """Shows as a slim edge below the crown and closes it inside."""
    theta = np.linspace(-math.pi, math.pi, 193)
    radius, edge = plan_radius(theta) - 2.2, lower_edge(theta)
    rings = [np.c_[(radius + out) * np.sin(theta), -(radius + out) * np.cos(theta), edge + rise]
             for rise, out in ((34, -4), (0, -1.6), (-1.6, -0.6), (-1.3, 0.4))]
    return mesh.grid("sweatband", np.array(rings), material)


def build_button(material):
    top = surface(np.array(0.0), np.array(math.pi / 2))
    profile = [(6, -1.5), (7, -0.5), (7.2, 1.2), (6.8, 2.8), (5.6, 4.2), (4, 5.0), (2, 5.5), (0.01, 5.6)]
    button = mesh.lathe("button", profile, material, segments=48)
    mesh.move_points(button, mesh.points_of(button) + top)
    return button


def build_eyelets(material, dark):
    """Rings of radial thread around real holes, with darkness behind them."""
    parts = []
    for degrees in EYELET_ANGLES:
        centre, out, side, up = _frame(math.radians(degrees))
        turn = np.linspace(0, 2 * math.pi, 57)
        path = centre + out * 0.15 + EYELET_RADIUS * (np.cos(turn)[:-1, None] * side + np.sin(turn)[:-1, None] * up)
        section = np.linspace(0, 2 * math.pi, 14, endpoint=False)
        outward = path - centre - out * 0.15
        ring = mesh.sweep("eyelet", path, np.c_[1.35 * np.cos(section), 0.75 * np.sin(section)], material, side=outward, closed=True)
        disc = [centre - out * 1.9 + 3.4 * (math.cos(a) * side + math.sin(a) * up) for a in turn[:-1]]
        parts += [ring, mesh.mesh("hole", disc, [range(len(disc))], dark)]
    return parts


def _frame(theta):
    """A point at eyelet height with directions outward, around and up."""
    at = lambda t, r: surface(np.array(t), np.array(r))  # noqa: E731
    centre = at(theta, EYELET_RISE)
    side = at(theta + 1e-3, EYELET_RISE) - centre
    up = at(theta, EYELET_RISE + 1e-3) - centre
    side /= np.linalg.norm(side)
    out = np.cross(side, up)
    out /= np.linalg.norm(out)
    return centre, out if out @ (centre - [0, 0, 40]) > 0 else -out, side, np.cross(out, side)
