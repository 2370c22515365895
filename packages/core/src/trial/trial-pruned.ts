/** Thrown by an objective to end its trial as PRUNED; the last report becomes its value. Optuna's exception of that name. */
export class TrialPruned extends Error {
  override name = 'TrialPruned'

  constructor(message = 'pruned') {
    super(message)
  }
}
