#!/usr/bin/python3
"""Times the DBNet postprocess in Python: one process, or several that share the maps out.

Usage: python_reference.py REFERENCE FOLDER ROUNDS PROCESSES BOX_TYPE [full]

REFERENCE is a file with `answer(prob, options)`, FOLDER holds maps/0.npy, maps/1.npy, ... One JSON object a line: the
boxes found, and milliseconds of a pass over all maps: of the processor where one process works, on the wall where
several do. The grid's 2,000 settings are not all run: the mean of those that are stands for them.
"""
import importlib.util
import json
import multiprocessing
import sys
import time
from pathlib import Path

import cv2
import numpy as np

GRID = 2000


def options(thresh, box_thresh, ratio, box_type):
    return {
        "variant": "paddleocr", "boxType": box_type, "scoreMode": "fast", "dilate": False, "thresh": thresh,
        "boxThresh": box_thresh, "unclipRatio": ratio, "maxCandidates": 1000, "minSize": 3, "size": None,
    }


def sample(full, box_type):
    threshes = np.round(0.15 + 0.01 * np.arange(0 if full else 2, 20, 1 if full else 5), 6).tolist()
    return [options(t, b, u, box_type) for t in threshes for b in (0.2, 0.58) for u in (1.6, 2.0)]


def load(path):
    spec = importlib.util.spec_from_file_location("reference", path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module.answer


def clock(processes):
    return time.process_time() if processes == 1 else time.perf_counter()


def work(task):
    place, settings = task
    return sum(len(ANSWER(MAPS[place], setting)[0]) for setting in settings)


def timed(each, processes, settings):
    start = clock(processes)
    boxes = sum(each(work, [(place, settings) for place in range(len(MAPS))]))
    return 1e3 * (clock(processes) - start), boxes


def report(what, processes, milliseconds, boxes):
    print(json.dumps({"what": what, "who": "python", "threads": processes, "ms": milliseconds, "boxes": boxes}))


def main(rounds, processes, box_type, full):
    cv2.setNumThreads(1)
    pool = multiprocessing.Pool(processes) if processes > 1 else None
    each = (lambda function, tasks: pool.map(function, tasks, 1)) if pool else map
    usual = [options(0.3, 0.5, 1.8, box_type)]
    timed(each, processes, usual)
    times = sorted(timed(each, processes, usual) for _ in range(rounds))
    report("setting", processes, *times[len(times) // 2])
    settings = sample(full, box_type)
    milliseconds, boxes = timed(each, processes, settings)
    report("grid", processes, milliseconds * GRID / len(settings), boxes)


if __name__ == "__main__":
    ANSWER = load(sys.argv[1])
    FILES = sorted((Path(sys.argv[2]) / "maps").glob("*.npy"), key=lambda path: int(path.stem))
    MAPS = [np.load(path) for path in FILES]
    main(int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], sys.argv[6:] == ["full"])
