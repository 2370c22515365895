"""What Optuna makes of a storage: `dump URL` prints all that it holds, `continue URL STUDY COUNT` runs trials in it,
`delete URL STUDY` deletes it.

A URL, or the path of a journal file. Written for Optuna 3.1 to 5.0.
"""

import json
import sys
import warnings

import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def open_storage(where):
    if "://" in where:
        # Debian's Optuna 3.1 is one revision behind; the revision added no more than an index.
        return optuna.storages.RDBStorage(where, skip_compatibility_check=True)
    if hasattr(optuna.storages, "journal"):
        backend = optuna.storages.journal.JournalFileBackend(where)
    else:
        backend = optuna.storages.JournalFileStorage(where)
    return optuna.storages.JournalStorage(backend)


def dump(storage):
    studies = []
    for study in storage.get_all_studies():
        studies.append(
            {
                "name": study.study_name,
                "directions": [direction.name.lower() for direction in study.directions],
                "user": study.user_attrs,
                "system": study.system_attrs,
                "trials": [of_trial(trial) for trial in storage.get_all_trials(study._study_id)],
            }
        )
    json.dump(studies, sys.stdout)


def of_trial(trial):
    time = lambda moment: moment and moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    return {
        "number": trial.number,
        "state": trial.state.name,
        "values": trial.values,
        "params": trial.params,
        "distributions": {
            name: optuna.distributions.distribution_to_json(distribution)
            for name, distribution in trial.distributions.items()
        },
        "intermediate": sorted(trial.intermediate_values.items()),
        "user": trial.user_attrs,
        "system": trial.system_attrs,
        "start": time(trial.datetime_start),
        "complete": time(trial.datetime_complete),
    }


def objective(trial):
    lr = trial.suggest_float("lr", 1e-5, 1e-1, log=True)
    epochs = trial.suggest_int("epochs", 5, 50, step=5)
    optimizer = trial.suggest_categorical("opt", ["adam", "sgd", None, True, 3, 0.1])
    trial.set_user_attr("by", "optuna")
    if trial.number % 4 == 3:
        raise ValueError("this one fails")
    for step in range(3):
        trial.report(float("nan") if step == 1 else lr * (step + 1), step)
    if trial.number % 4 == 2:
        raise optuna.TrialPruned()
    return lr * epochs + (0 if optimizer == "adam" else 1)


def go_on(storage, name, count):
    study = optuna.load_study(
        study_name=name, storage=storage, sampler=optuna.samplers.TPESampler(seed=1)
    )
    study.optimize(objective, n_trials=count, catch=(ValueError,))
    study.set_user_attr("best", study.best_value)
    study.enqueue_trial({"lr": 0.01, "epochs": 20, "opt": None}, user_attrs={"queued": True})
    study.add_trial(
        optuna.trial.create_trial(
            value=float("inf"),
            params={"lr": 0.1},
            distributions={"lr": optuna.distributions.FloatDistribution(1e-5, 1e-1, log=True)},
        )
    )


def main():
    storage = open_storage(sys.argv[2])
    if sys.argv[1] == "dump":
        dump(storage)
    elif sys.argv[1] == "delete":
        optuna.delete_study(study_name=sys.argv[3], storage=storage)
    else:
        go_on(storage, sys.argv[3], int(sys.argv[4]))


main()
