"""Answers of scikit-learn, one JSON line for each line of standard input."""

import json
import sys
import warnings

import numpy as np
from sklearn import calibration, isotonic, metrics

warnings.filterwarnings("ignore")


def classes(question):
    actual, predicted = question["actual"], question["predicted"]
    labels = question["labels"]
    answer = {
        "matrix": metrics.confusion_matrix(actual, predicted, labels=labels).tolist(),
        "accuracy": metrics.accuracy_score(actual, predicted),
        "balanced": metrics.balanced_accuracy_score(actual, predicted),
        "adjusted": metrics.balanced_accuracy_score(actual, predicted, adjusted=True),
        "kappa": metrics.cohen_kappa_score(actual, predicted, labels=labels),
        "kappaLinear": metrics.cohen_kappa_score(actual, predicted, labels=labels, weights="linear"),
        "kappaQuadratic": metrics.cohen_kappa_score(actual, predicted, labels=labels, weights="quadratic"),
        "mcc": metrics.matthews_corrcoef(actual, predicted),
    }
    recalls = metrics.recall_score(actual, predicted, labels=sorted(set(actual)), average=None)
    answer["gMean"] = float(np.exp(np.mean(np.log(recalls)))) if recalls.min() > 0 else 0.0
    for zero in (0, 1):
        for average in ("macro", "micro", "weighted", "binary"):
            if average == "binary" and labels != [0, 1]:
                continue
            scores = metrics.precision_recall_fscore_support(
                actual,
                predicted,
                labels=None if average == "binary" else labels,
                average=average,
                zero_division=zero,
            )
            answer[f"{average}{zero}"] = [float(score) for score in scores[:3]]
    if labels == [0, 1]:
        answer["specificity"] = metrics.recall_score(actual, predicted, pos_label=0, zero_division=0)
    return answer


def scores(question):
    truths, values = np.array(question["truths"]), np.array(question["scores"])
    fpr, tpr, thresholds = metrics.roc_curve(truths, values, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(truths, values)
    cost = [
        (3 * np.sum((values >= t) & (truths == 0)) + np.sum((values < t) & (truths == 1)))
        for t in [np.inf, *np.unique(values)]
    ]
    f1 = [metrics.f1_score(truths, values >= t) for t in np.unique(values)]
    slope, intercept = calibration._sigmoid_calibration(values, truths)
    regression = isotonic.IsotonicRegression(out_of_bounds="clip").fit(values, truths)
    grid = np.linspace(-0.2, 1.2, 57)
    answer = {
        "fpr": fpr.tolist(),
        "tpr": tpr.tolist(),
        "auc": metrics.roc_auc_score(truths, values),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "ap": metrics.average_precision_score(truths, values),
        "youden": float(np.max(tpr - fpr)),
        "f1": float(np.max(f1)),
        "cost": float(np.min(cost)),
        "platt": [float(slope), float(intercept)],
        "isotonic": regression.predict(grid).tolist(),
        "brier": metrics.brier_score_loss(truths, values),
    }
    for strategy in ("uniform", "quantile"):
        observed, claimed = calibration.calibration_curve(truths, values, n_bins=5, strategy=strategy)
        answer[strategy] = [observed.tolist(), claimed.tolist()]
    ids = np.searchsorted(np.linspace(0, 1, 6)[1:-1], values)
    answer["ece"] = sum(
        np.mean(ids == b) * abs(values[ids == b].mean() - truths[ids == b].mean()) for b in set(ids.tolist())
    )
    return answer


for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps({"classes": classes, "scores": scores}[question["kind"]](question)))
