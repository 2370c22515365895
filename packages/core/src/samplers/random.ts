import type { Random } from '../random.js'
import type { Distribution, ParamValue } from '../space/distribution.js'
import { fromUnit } from '../space/transform.js'
import type { Draw, Sampler } from './sampler.js'

const NOTHING: Draw = { params: new Map() }

/**
 * Random search: every parameter on its own, uniformly on its scale (J. Bergstra, Y. Bengio, "Random search for
 * hyper-parameter optimization", JMLR 13, 2012; scales as in Optuna 5.0, samplers/_random.py).
 */
export function random(): Sampler {
  return {
    name: 'random',
    options: {},
    draw: () => NOTHING,
    drawOne: (context, _trial, _name, distribution) => drawUniform(distribution, context.random),
  }
}

/** A value drawn uniformly: on the logarithmic scale where `log`, every step and every choice as likely as another. */
export function drawUniform(distribution: Distribution, random: Random): ParamValue {
  return fromUnit(distribution, random.next())
}
