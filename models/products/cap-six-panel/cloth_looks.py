"""Relief of cotton twill and of seams, in mm."""
import math


def twill(material, across, up, place):
    """Steep diagonal ridges, broken up by uneven yarn, on cloth that is not quite even."""
    wander = material.multiply(material.noise(place, 3), 1.6)
    phase = material.add(material.add(material.multiply(across, 0.82), material.multiply(up, 0.57)), wander)
    ridges = material.multiply(material.sine(phase, 1.15), 0.055)
    return [ridges, material.multiply(material.noise(place, 0.9), 0.30), material.multiply(material.noise(place, 14, 3), 0.9)]


def stitch_row(material, off, along, at, pitch=3.4, width=0.55, height=0.75):
    """Lock stitches in a shallow groove `at` mm beside a line: off = distance to the line, along = way along it."""
    hump = material.math("POWER", material.absolute(material.math("SINE", material.multiply(along, math.pi / pitch))), 0.5)
    thread = material.multiply(material.multiply(hump, material.groove(off, at, width)), height)
    return material.subtract(thread, material.multiply(material.groove(off, at, width * 2.6), height * 0.75))
