#!/usr/bin/python3
"""DBNet postprocess by the libraries that the public implementations call: OpenCV, Clipper and GEOS.

Usage: postprocess.py CASES MAPS [--module FILE]

CASES holds one JSON object a line: {"start", "width", "height", "options"}; its map is width * height float32
values of the file MAPS (little-endian, row-major) from value `start` on. `options` names every setting in camel
case, with `size` as [width, height] or null. The answer to each is one line on stdout: {"boxes": [[x, y, x, y,
...], ...], "scores": [...]}. With --module, FILE's own `postprocess(prob, size, **settings)` answers instead.

Needs python3-opencv 4.6, python3-pyclipper (Clipper 6.4.2) and python3-shapely, as Debian 12 packages them.
"""
import importlib.util
import json
import sys

import cv2
import numpy as np
import pyclipper
from shapely.geometry import Polygon


def foreground(prob, thresh, dilate):
    mask = np.where(prob > np.float32(thresh), 255, 0).astype(np.uint8)
    return cv2.dilate(mask, np.full((2, 2), 1, np.uint8)) if dilate else mask


def borders(mask, count):
    found, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    return [border[:, 0, :] for border in found[:count]]


class LeastRectangle:
    """The least rectangle around integer points, its corners clockwise from the top left."""

    def __init__(self, points):
        rectangle = cv2.minAreaRect(np.asarray(points, np.int32))
        self.side = min(rectangle[1])
        corners = cv2.boxPoints(rectangle)
        corners = corners[np.argsort(corners[:, 0], kind="stable")]
        west, east = corners[:2], corners[2:]
        if not west[1, 1] > west[0, 1]:
            west = west[::-1]
        if not east[1, 1] > east[0, 1]:
            east = east[::-1]
        self.corners = np.stack([west[0], east[0], east[1], west[1]])


def mean_inside(prob, outline):
    """Mean over the filled outline, edges included, within its bounding box clipped to the map."""
    last = np.array([prob.shape[1] - 1, prob.shape[0] - 1])
    low = np.minimum(np.maximum(np.floor(outline.min(axis=0)).astype(int), 0), last)
    high = np.minimum(np.maximum(np.ceil(outline.max(axis=0)).astype(int), 0), last)
    shifted = (outline - low.astype(outline.dtype)).astype(np.int32)
    width, height = high - low + 1
    stencil = cv2.fillPoly(np.zeros((height, width), np.uint8), [shifted], 1)
    return cv2.mean(prob[low[1] : high[1] + 1, low[0] : high[0] + 1], mask=stencil)[0]


def grown(outline, ratio):
    """Results of moving the outline outward by area * ratio / length; none if it has no length."""
    shape = Polygon(outline.astype(np.float64))
    if not shape.length > 0:
        return []
    clipper = pyclipper.PyclipperOffset(miter_limit=2.0, arc_tolerance=0.25)
    clipper.AddPath(outline.tolist(), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return clipper.Execute(shape.area * ratio / shape.length)


def to_image(points, prob, size, options):
    """Map pixels to image pixels: each variant has its own precision, rounding and clipping."""
    extent = [prob.shape[1], prob.shape[0]]
    if options["variant"] == "mmocr":
        return points.astype(np.float64) * (np.float64(size) / extent)
    if options["variant"] == "receipt":
        return np.rint(points.astype(np.float64) * (np.float64(size) / extent))
    kind = np.float32 if options["boxType"] == "quad" else np.float64
    scaled = points.astype(kind) / np.array(extent, kind) * np.array(size, kind)
    return np.clip(np.rint(scaled), 0, size)


def answer(prob, options):
    mmocr = options["variant"] == "mmocr"
    quad = options["boxType"] == "quad"
    size = options["size"] or [prob.shape[1], prob.shape[0]]
    mask = foreground(prob, options["thresh"], options["dilate"])
    boxes, scores = [], []
    for border in borders(mask, options["maxCandidates"] + mmocr):
        if mmocr or not quad:
            tolerance = 0.01 if mmocr else 0.002
            outline = cv2.approxPolyDP(border, tolerance * cv2.arcLength(border, True), True)[:, 0, :]
            if outline.shape[0] < 4:
                continue
            score = mean_inside(prob, outline)
        else:
            least = LeastRectangle(border)
            if least.side < options["minSize"]:
                continue
            outline = least.corners
            score = mean_inside(prob, border if options["scoreMode"] == "slow" else outline)
        if options["boxThresh"] > score:
            continue
        results = grown(outline, options["unclipRatio"])
        if len(results) == 0 or (len(results) > 1 and options["variant"] != "receipt"):
            continue
        least = LeastRectangle(results[0])
        tested = quad or not mmocr
        if tested and least.side < options["minSize"] + 2:
            continue
        final = least.corners if quad else np.array(results[0])
        boxes.append(to_image(final, prob, size, options).ravel().tolist())
        scores.append(score)
    return boxes, scores


def from_module(path):
    """An answering function on top of another file's `postprocess`."""
    spec = importlib.util.spec_from_file_location("implementation", path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    names = {
        "variant": "variant", "boxType": "box_type", "scoreMode": "score_mode", "dilate": "dilate", "thresh": "thresh",
        "boxThresh": "box_thresh", "unclipRatio": "unclip_ratio", "maxCandidates": "max_candidates",
        "minSize": "min_size",
    }

    def by_module(prob, options):
        settings = {name: options[key] for key, name in names.items()}
        boxes, scores = module.postprocess(prob, options["size"], **settings)
        return [[value for point in box for value in point] for box in boxes], scores

    return by_module


def main(arguments):
    if len(arguments) not in (2, 4) or (len(arguments) == 4 and arguments[2] != "--module"):
        sys.exit("usage: postprocess.py CASES MAPS [--module FILE]")
    solve = from_module(arguments[3]) if len(arguments) == 4 else answer
    values = np.fromfile(arguments[1], "<f4")
    with open(arguments[0], encoding="utf-8") as cases:
        for line in cases:
            case = json.loads(line)
            start, width, height = case["start"], case["width"], case["height"]
            prob = values[start : start + width * height].reshape(height, width)
            boxes, scores = solve(prob, case["options"])
            print(json.dumps({"boxes": boxes, "scores": scores}))


if __name__ == "__main__":
    main(sys.argv[1:])
