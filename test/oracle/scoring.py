#!/usr/bin/python3
"""Counts of one image under an overlap protocol, by shapely (GEOS).

Usage: scoring.py QUESTIONS

Each line of QUESTIONS is {"protocol", "gt", "ignore", "det"}: polygons as flat x, y lists, and for each ground truth
whether it is "don't care". The answer to each is one line: {"matched", "gtCare", "detCare", "matchedGt", "gtRoles",
"detRoles"}, or null where shapely cannot be the judge: an overlap that only the rounding of its arithmetic tells from
one half, and under `icdar2015` a polygon that is not simple.

iou        Polygons that shapely does not call valid and simple are left out; overlap is shared area by the area of
           the geometric union (DetectionIoUEvaluator of the DB implementations).
icdar2015  Overlap is shared area by the sum of both areas less the shared one (ICDAR 2015 task 4.1).
"""
import json
import sys
import warnings

from shapely.errors import ShapelyDeprecationWarning
from shapely.geometry import Polygon

HALF = 0.5
ROUNDING = 1e-12


class Undecided(Exception):
    """An overlap so near to one half that the last bits of its arithmetic decide."""


def exceeds_half(ratio, on_grid):
    """On a grid a ratio this near to one half is one half; unless it was computed as such, rounding has moved it."""
    if abs(ratio - HALF) < ROUNDING and not (on_grid and ratio == HALF):
        raise Undecided
    return ratio > HALF


def shape_of(flat):
    points = list(zip(flat[0::2], flat[1::2]))
    return Polygon(points) if len(points) >= 3 else None


def usable(shape):
    return shape is not None and shape.is_valid and shape.is_simple


def covered(detection, area):
    """Share of a detection that an ignored area covers."""
    return detection.intersection(area).area / detection.area if detection.area > 0 else 0


def overlap(protocol, truth, detection):
    shared = truth.intersection(detection).area
    if protocol == "iou":
        total = truth.union(detection).area
    else:
        total = truth.area + detection.area - shared
    return shared / total if total > 0 else 0


def answer(question):
    try:
        return score(question)
    except Undecided:
        return None


def score(question):
    protocol = question["protocol"]
    on_grid = all((4 * value).is_integer() for flat in question["gt"] + question["det"] for value in map(float, flat))
    truths = [shape_of(flat) for flat in question["gt"]]
    detections = [shape_of(flat) for flat in question["det"]]
    if protocol == "icdar2015" and not all(usable(shape) for shape in truths + detections):
        return None
    gt_roles = [
        "invalid" if not usable(shape) else "dont-care" if ignored else "care"
        for shape, ignored in zip(truths, question["ignore"])
    ]
    ignored = [shape for shape, role in zip(truths, gt_roles) if role == "dont-care"]
    det_roles = [
        "invalid" if not usable(shape)
        else "dont-care" if any(exceeds_half(covered(shape, area), on_grid) for area in ignored)
        else "care"
        for shape in detections
    ]
    partner = [-1] * len(detections)
    for g, truth in enumerate(truths):
        if gt_roles[g] != "care":
            continue
        for d, detection in enumerate(detections):
            free = det_roles[d] == "care" and partner[d] < 0
            if free and exceeds_half(overlap(protocol, truth, detection), on_grid):
                partner[d] = g
                break
    return {
        "matched": sum(g >= 0 for g in partner),
        "gtCare": gt_roles.count("care"),
        "detCare": det_roles.count("care"),
        "matchedGt": partner,
        "gtRoles": gt_roles,
        "detRoles": det_roles,
    }


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: scoring.py QUESTIONS")
    warnings.simplefilter("ignore", ShapelyDeprecationWarning)
    with open(arguments[0], encoding="utf-8") as questions:
        for line in questions:
            print(json.dumps(answer(json.loads(line))))


if __name__ == "__main__":
    main(sys.argv[1:])
