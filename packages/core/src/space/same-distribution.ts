import { InputError } from '../errors.js'
import type { CategoricalDistribution, Distribution } from './distribution.js'

/** Whether two distributions give the same values in the same way; choices in the same order. */
export function sameDistribution(a: Distribution, b: Distribution): boolean {
  if (a === b) return true
  if (a.kind === 'categorical') return b.kind === 'categorical' && sameChoices(a, b)
  if (b.kind !== a.kind) return false
  return a.low === b.low && a.high === b.high && a.step === b.step && a.log === b.log
}

/**
 * Checks that a parameter may go on with another distribution within its study, by Optuna's rule (5.0,
 * check_distribution_compatibility): the same kind and scale; bounds and step may change, choices may not.
 * @throws InputError where it may not.
 */
export function checkCompatible(name: string, known: Distribution, asked: Distribution): void {
  if (known.kind !== asked.kind) {
    throw new InputError(
      `${name} is ${kindOf(asked)} here but ${kindOf(known)} in this study; give it another name, or start a new study.`,
    )
  }
  if (known.kind === 'categorical') {
    if (sameChoices(known, asked as CategoricalDistribution)) return
    throw new InputError(
      `${name} has the choices ${list(asked as CategoricalDistribution)} here but ${list(known)} in this study; migrate the study's space, or give it another name.`,
    )
  }
  if (known.log !== (asked as typeof known).log) {
    throw new InputError(
      `${name} is ${known.log ? '' : 'not '}logarithmic in this study; keep that, or give it another name.`,
    )
  }
}

function sameChoices(a: CategoricalDistribution, b: CategoricalDistribution): boolean {
  return (
    a.choices.length === b.choices.length &&
    a.choices.every(
      (choice, i) => choice === b.choices[i] || (Number.isNaN(choice) && Number.isNaN(b.choices[i])),
    )
  )
}

function kindOf({ kind }: Distribution): string {
  return kind === 'int' ? 'an int' : `a ${kind}`
}

function list({ choices }: CategoricalDistribution): string {
  return `[${choices.map(String).join(', ')}]`
}
