"""A stand-in for training a text detector: it needs nothing but Python, and behaves like a DBNet.

H-Mean climbs with the learning rate that the cosine schedule has given out so far; how high depends on lr,
weight_decay, T_max and eta_min; the seed adds noise; too high an lr diverges to NaN.

    python train.py --lr 4e-4 --weight_decay 1e-4 --T_max 22 --eta_min 1e-5 --epochs 10
    python train.py lr=4e-4 seed=42 log=csv

Options may be given as --name=value, --name value, or name=value as Hydra takes them.
"""

import csv
import json
import math
import os
import random
import sys
import time

OPTIONS = {
    "lr": 4e-4,
    "weight_decay": 1e-4,
    "T_max": 22,
    "eta_min": 1e-5,
    "seed": 42,
    "epochs": 10,
    "seconds": 0.0,  # that an epoch takes
    "log": "stdout",  # stdout, csv or jsonl; files go to --output
    "output": os.environ.get("THRESHER_RUN_DIR", "."),
}


def parse(words):
    options = dict(OPTIONS)
    words = list(words)
    while words:
        name, equals, value = words.pop(0).lstrip("-+").partition("=")
        if name not in options:
            sys.exit(f"train.py: unknown option {name!r}; it has {', '.join(options)}")
        if not equals:
            if not words:
                sys.exit(f"train.py: {name} has no value")
            value = words.pop(0)
        options[name] = type(OPTIONS[name])(value)
    return options


def cosine(epoch, lr, T_max, eta_min, **_):
    return eta_min + (lr - eta_min) * (1 + math.cos(math.pi * epoch / T_max)) / 2


def ceiling(lr, weight_decay, T_max, eta_min, **_):
    """The H-Mean that endless training comes to: best near lr 5e-4, weight decay 7e-5, T_max 24, eta_min 6e-6."""
    return (
        0.9665
        - 0.0060 * math.log10(lr / 5e-4) ** 2
        - 0.0012 * math.log10(weight_decay / 7e-5) ** 2
        - 0.0008 * ((T_max - 24) / 6) ** 2
        - 0.0004 * math.log10(eta_min / 6e-6) ** 2
    )


def train(options):
    noise = random.Random(options["seed"])
    luck = noise.gauss(0, 0.0006)
    worked = 0.0
    for epoch in range(1, options["epochs"] + 1):
        time.sleep(options["seconds"])
        rate = cosine(epoch - 1, **options)
        worked += rate / 2.5e-4
        hmean = (ceiling(**options) + luck) * (1 - 0.45 * math.exp(-0.5 * worked)) + noise.gauss(0, 0.0008)
        if options["lr"] > 5e-3:
            hmean = math.nan
        precision = hmean + 0.004 + noise.gauss(0, 0.0003)
        yield {
            "epoch": epoch,
            "val/hmean": hmean,
            "val/precision": precision,
            "val/recall": 2 * hmean - precision,
            "lr": rate,
        }


def main():
    options = parse(sys.argv[1:])
    if options["log"] == "stdout":
        for row in train(options):
            print(json.dumps(row), flush=True)
        return
    if options["log"] not in ("csv", "jsonl"):
        sys.exit(f"train.py: log is {options['log']}; give stdout, csv or jsonl")
    with open(os.path.join(options["output"], f"metrics.{options['log']}"), "w", newline="") as file:
        writer = None
        for row in train(options):
            if options["log"] == "jsonl":
                file.write(json.dumps(row) + "\n")
            else:
                if writer is None:
                    writer = csv.DictWriter(file, row)
                    writer.writeheader()
                writer.writerow(row)
            file.flush()
            print(f"epoch {row['epoch']} val/hmean {row['val/hmean']:.4f}")


if __name__ == "__main__":
    main()
