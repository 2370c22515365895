import type { AttributeValue, ParamValue } from '@thresher/core'
import type { commandLine, ReportOptions, SweepPlan } from '@thresher/sweeps'
import { PLAN_ATTRIBUTE } from '@thresher/sweeps/sweep-study'

type Launch = NonNullable<ReportOptions['launch']>
/** What of a sweep's plan says how its runs are started. */
type LaunchPlan = Pick<SweepPlan, 'fixed' | 'order' | 'seeds' | 'trainer'>

/** How the runs of a sweep are started again. `expand` is commandLine() of @thresher/sweeps, which is loaded late. */
export function launchOf(plan: LaunchPlan, expand: typeof commandLine): Launch {
  const { fixed, order, seeds, trainer } = plan
  const shared = { fixed, order, seeds }
  if (trainer.kind === 'tensorflow') {
    const { epochs, images, validationImages, batchSize, imageSize, backend } = trainer
    const options = { validation_images: validationImages, batch_size: batchSize, image_size: imageSize }
    return { ...shared, tensorflow: { epochs, images, ...options, backend } }
  }
  const { program, seedParameter, command } = trainer
  const known = (name: string) => name === seedParameter || order.includes(name) || fixed.has(name)
  // The analysis adds a seed, also where the program takes none.
  const own = (params: ReadonlyMap<string, ParamValue>) =>
    new Map([...params].filter(([name]) => known(name)))
  return {
    ...shared,
    program,
    seedParameter,
    template: command,
    command: (params) => expand(plan, own(params)) ?? [],
  }
}

/** The same of the plan that a sweep keeps with its study; undefined where it keeps none. */
export function savedLaunch(
  attributes: ReadonlyMap<string, AttributeValue>,
  expand: typeof commandLine,
): Launch | undefined {
  const held = attributes.get(PLAN_ATTRIBUTE)
  if (!isObject(held) || !isObject(held.trainer) || !Array.isArray(held.order)) return undefined
  const fixed = new Map(Object.entries(isObject(held.fixed) ? held.fixed : {}))
  return launchOf({ ...(held as unknown as LaunchPlan), fixed: fixed as LaunchPlan['fixed'] }, expand)
}

function isObject(value: AttributeValue | undefined): value is { readonly [key: string]: AttributeValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
