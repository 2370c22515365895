import { optionsOf } from '../options.js'

export interface ReduceOnPlateauOptions {
  readonly lr: number
  /** `min` where not given. */
  readonly mode?: 'min' | 'max'
  /** In [0, 1); 0.1 where not given. */
  readonly factor?: number
  /** Epochs without an improvement that are let pass; 10 where not given. */
  readonly patience?: number
  /** What counts as one; 1e-4 where not given. */
  readonly threshold?: number
  /** Whether `threshold` is a share of the best value (`rel`, where not given) or an amount. */
  readonly thresholdMode?: 'rel' | 'abs'
  /** Epochs after a reduction in which nothing is counted; 0 where not given. */
  readonly cooldown?: number
  /** 0 where not given. */
  readonly minLr?: number
  /** Smaller reductions than this are left out; 1e-8 where not given. */
  readonly eps?: number
}

/** A schedule that depends on how training goes. */
export interface PlateauSchedule {
  readonly name: 'reduce-on-plateau'
  readonly options: Required<ReduceOnPlateauOptions>
  /** Walks along: each epoch's metric gives the value of the next. */
  stepper(): { readonly value: number; step(metric: number): number }
  /** The value of every epoch of a run with these metrics, and of the one after. */
  values(metrics: readonly number[]): number[]
}

/** Reduces the value by `factor` where a metric stops improving: PyTorch's ReduceLROnPlateau. A NaN is no improvement. */
export function reduceOnPlateau(options: ReduceOnPlateauOptions): PlateauSchedule {
  const checked: Required<ReduceOnPlateauOptions> = {
    lr: options.lr,
    mode: options.mode ?? 'min',
    factor: options.factor ?? 0.1,
    patience: options.patience ?? 10,
    threshold: options.threshold ?? 1e-4,
    thresholdMode: options.thresholdMode ?? 'rel',
    cooldown: options.cooldown ?? 0,
    minLr: options.minLr ?? 0,
    eps: options.eps ?? 1e-8,
  }
  const checks = optionsOf('reduceOnPlateau')
  checks.allowed(options, Object.keys(checked))
  const { lr, mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps } = checked
  for (const name of ['lr', 'threshold', 'minLr', 'eps'] as const) {
    checks.within(name, checked[name], 0, Number.POSITIVE_INFINITY)
  }
  checks.oneOf('mode', mode, ['min', 'max'])
  checks.oneOf('thresholdMode', thresholdMode, ['rel', 'abs'])
  checks.within('factor', factor, 0, 1 - Number.EPSILON)
  checks.whole('patience', patience, 0)
  checks.whole('cooldown', cooldown, 0)

  const improves = (metric: number, best: number): boolean => {
    if (thresholdMode === 'rel') {
      return mode === 'min' ? metric < best * (1 - threshold) : metric > best * (1 + threshold)
    }
    return mode === 'min' ? metric < best - threshold : metric > best + threshold
  }
  const stepper = () => {
    let value = lr
    let best = mode === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    let bad = 0
    let cooling = 0
    return {
      get value() {
        return value
      },
      step(metric: number) {
        if (improves(metric, best)) {
          best = metric
          bad = 0
        } else bad++
        if (cooling > 0) {
          cooling--
          bad = 0
        }
        if (bad > patience) {
          const reduced = Math.max(value * factor, minLr)
          if (value - reduced > eps) value = reduced
          cooling = cooldown
          bad = 0
        }
        return value
      },
    }
  }
  return {
    name: 'reduce-on-plateau',
    options: checked,
    stepper,
    values(metrics) {
      const walk = stepper()
      return [lr, ...metrics.map((metric) => walk.step(metric))]
    },
  }
}
