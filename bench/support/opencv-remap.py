"""
Times OpenCV's bilinear remap of RGBA pixels through a fixed map over the box of the print, one thread; and the same remap of linear,
premultiplied art with the rest of the mockup in numpy: over the article's colour, lit, masked, highlights rolled off, sRGB by table, laid
into a picture of the product. Prints the median processor milliseconds of both.
"""
import json
import sys
import time

import cv2
import numpy

folder, runs = sys.argv[1], int(sys.argv[2])
cv2.setNumThreads(1)
with open(f"{folder}/facts.json", encoding="utf8") as file:
    facts = json.load(file)
width, height, left, top = facts["width"], facts["height"], facts["left"], facts["top"]
art = numpy.fromfile(f"{folder}/art.rgba", dtype=numpy.uint8).reshape(facts["artHeight"], facts["artWidth"], 4)
positions = numpy.fromfile(f"{folder}/map.f32", dtype=numpy.float32).reshape(height, width, 2)
light = numpy.fromfile(f"{folder}/light.f32", dtype=numpy.float32).reshape(height, width, 2)
cover = numpy.fromfile(f"{folder}/cover.u8", dtype=numpy.uint8).reshape(height, width)
product = numpy.fromfile(f"{folder}/product.rgba", dtype=numpy.uint8).reshape(facts["pictureHeight"], facts["pictureWidth"], 4)
fixed, fractions = cv2.convertMaps(positions, None, cv2.CV_16SC2)

bytes_ = numpy.arange(256) / 255
linear = numpy.where(bytes_ <= 0.04045, bytes_ / 12.92, ((bytes_ + 0.055) / 1.055) ** 2.4).astype(numpy.float32)
LEVELS = 4096
level = numpy.arange(4 * LEVELS + 1) / LEVELS
knee = facts["knee"]
held = numpy.where(level <= knee, level, knee + (1 - knee) * (1 - numpy.exp(-(level - knee) / (1 - knee))))
shown = numpy.where(held <= 0.0031308, held * 12.92, 1.055 * held ** (1 / 2.4) - 0.055)
display = numpy.round(255 * numpy.clip(shown, 0, 1)).astype(numpy.uint8)
ground = numpy.array(facts["ground"], dtype=numpy.float32)
white = numpy.float32(facts["white"])
shade = light[:, :, :1]
gloss = light[:, :, 1:]
mask = cover > 0
share = (cover / numpy.float32(255)).astype(numpy.float32)[:, :, None]


def remap(pixels):
    return cv2.remap(pixels, fixed, fractions, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)


def mockup():
    premultiplied = numpy.empty(art.shape, dtype=numpy.float32)
    alpha = art[:, :, 3] * numpy.float32(1 / 255)
    premultiplied[:, :, :3] = linear[art[:, :, :3]] * alpha[:, :, None]
    premultiplied[:, :, 3] = alpha
    seen = remap(premultiplied)
    colour = ground * (1 - seen[:, :, 3:]) + seen[:, :, :3] * white
    lit = (colour * shade + gloss) * LEVELS
    shown_bytes = display[numpy.minimum(lit, 4 * LEVELS).astype(numpy.int32)]
    picture = product.copy()
    box = picture[top : top + height, left : left + width, :3]
    box[mask] = (box + share * (shown_bytes.astype(numpy.float32) - box)).astype(numpy.uint8)[mask]
    return picture


def median_ms(work):
    times = []
    for run in range(runs + 2):
        started = time.process_time()
        work()
        if run >= 2:
            times.append((time.process_time() - started) * 1000)
    times.sort()
    return times[len(times) // 2]


print(json.dumps({"version": cv2.__version__, "remapMs": median_ms(lambda: remap(art)), "wholeMs": median_ms(mockup)}))
