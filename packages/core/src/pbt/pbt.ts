import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { CHECKPOINT } from '../pruners/resume.js'
import type { Random } from '../random.js'
import { drawUniform } from '../samplers/random.js'
import type { Draw, Sampler } from '../samplers/sampler.js'
import { SpaceExhausted } from '../study/space-exhausted.js'
import type { Direction, StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import { type Exploring, explore } from './explore.js'
import { type Member, membersOf, rankedAt } from './population.js'
import {
  PARENT_CHECKPOINT,
  type Params,
  SEGMENT,
  type Segment,
  segmentAttribute,
  segmentOf,
} from './segment.js'

export interface PbtOptions {
  /** Members, at least 2; 10 where not given. As many trials may run at once, not more. */
  readonly population?: number
  /** Segments of each member, at least 2: the study takes population times generations trials. */
  readonly generations: number
  /** Steps of a segment, after which a member may copy and explore; 1 where not given. */
  readonly interval?: number
  /** Steps before the first copy; 0 where not given. */
  readonly burnIn?: number
  /** The worst and the best share of the members, in (0, 0.5]; 0.25 where not given. */
  readonly quantile?: number
  /** How often a parameter is drawn anew when exploring, in [0, 1]; 0.25 where not given. */
  readonly resampleProbability?: number
  /** What a number is multiplied by when exploring; [0.8, 1.2] where not given. */
  readonly factors?: readonly [number, number]
}

type Checked = Required<PbtOptions>

/**
 * Population based training: M. Jaderberg et al., "Population based training of neural networks", 2017, with truncation
 * selection. Members train side by side; after each interval one that is among the worst share copies the checkpoint
 * and the parameters of one of the best, and explores from there.
 *
 * Every trial is a {@link Segment}: `interval` steps of one member. The objective asks {@link segmentOf} and
 * {@link parentCheckpointOf} where to begin, keeps its own checkpoint in the user attribute `checkpoint` under a place
 * of its own, and returns the score at the end. Give the study `pruner: null` and let duplicates run.
 *
 * Unlike Ray's scheduler, a member is held against the others at the same generation, so that copying never moves it
 * forward in time; the fast have few to be held against and the slow have all. Exploring stays in the domain. A
 * segment that failed is run again as a copy of one of the best. What the study found is a schedule: pbtSchedule.
 */
export function pbt(options: PbtOptions): Sampler {
  const checked = checkOptions(options)
  const { population, generations } = checked
  const ready = (study: StudySnapshot, number: number) =>
    membersOf(study, population, number)
      .filter(({ busy, segments }) => !busy && segments.length < generations)
      .sort((a, b) => a.segments.length - b.segments.length || a.member - b.member)
  return {
    name: 'pbt',
    options: { ...checked },
    draw({ study, number, random }) {
      const direction = onlyDirection(study)
      const begun = study.trials.find((trial) => trial.number === number)
      if (begun && segmentOf(begun)) return drawOf(segmentOf(begun)!, begun.params, undefined)
      const next = ready(study, number)[0]
      if (next === undefined) {
        throw new SpaceExhausted(
          `pbt: all ${population} members are running or done; run at most ${population} trials at once.`,
        )
      }
      return nextSegment(next, membersOf(study, population, number), direction, checked, random)
    },
    drawOne: ({ random }, _trial, _name, distribution) => drawUniform(distribution, random),
    exhausted: (study) => ready(study, -1).length === 0,
  }
}

function checkOptions(options: PbtOptions): Checked {
  const checks = optionsOf('pbt')
  const {
    population = 10,
    generations,
    interval = 1,
    burnIn = 0,
    quantile = 0.25,
    resampleProbability = 0.25,
    factors = [0.8, 1.2],
  } = options ?? {}
  const checked = { population, generations, interval, burnIn, quantile, resampleProbability, factors }
  checks.allowed(options ?? {}, Object.keys(checked))
  checks.whole('population', population, 2)
  checks.whole('generations', generations, 2)
  checks.whole('interval', interval, 1)
  checks.whole('burnIn', burnIn, 0)
  checks.within('resampleProbability', resampleProbability, 0, 1)
  if (!(quantile > 0 && quantile <= 0.5)) {
    throw new InputError(`pbt: quantile is ${quantile}; give a number above 0 up to 0.5.`)
  }
  if (factors.length !== 2)
    throw new InputError(`pbt: factors are [${factors.join(', ')}]; give two numbers.`)
  for (const [i, factor] of factors.entries()) {
    checks.between(`factors[${i}]`, factor, 0, Number.POSITIVE_INFINITY)
  }
  return checked
}

function onlyDirection(study: StudySnapshot): Direction {
  if (study.directions.length === 1) return study.directions[0]!
  throw new InputError(
    `pbt: study ${study.name} has ${study.directions.length} objectives; population based training needs one.`,
  )
}

function nextSegment(
  next: Member,
  members: readonly Member[],
  direction: Direction,
  options: Checked,
  random: Random,
): Draw {
  const generation = next.segments.length
  const { interval } = options
  const own = next.segments.at(-1)
  const donor = generation === 0 ? undefined : donorFor(next, members, direction, options, random)
  const parent = donor ?? own
  const segment: Segment = {
    member: next.member,
    generation,
    firstStep: generation * interval,
    endStep: (generation + 1) * interval,
    parent: parent?.number,
    copied: donor !== undefined,
  }
  if (parent === undefined) return drawOf(segment, new Map(), undefined)
  const params = donor === undefined ? parent.params : explored(parent, options, random)
  return drawOf(segment, params, parent)
}

/** The segment to copy: one of the best at the generation before, where the member is among the worst. */
function donorFor(
  next: Member,
  members: readonly Member[],
  direction: Direction,
  { quantile, burnIn, interval }: Checked,
  random: Random,
): TrialRecord | undefined {
  const before = next.segments.length - 1
  const ranked = rankedAt(members, before, direction)
  const share = Math.min(Math.ceil(ranked.length * quantile), Math.floor(ranked.length / 2))
  if (share === 0) return undefined
  const place = ranked.findIndex(({ member }) => member === next.member)
  const worst = place >= ranked.length - share && (before + 1) * interval >= burnIn
  if (!worst && !next.failed) return undefined
  const best = ranked.slice(0, share).filter(({ member }) => member !== next.member)
  return best.length === 0 ? undefined : best[random.int(best.length)]!.segments[before]
}

function explored(parent: TrialRecord, exploring: Exploring, random: Random): Params {
  return new Map(
    [...parent.params].map(([name, value]) => [
      name,
      explore(value, parent.distributions.get(name)!, exploring, random),
    ]),
  )
}

function drawOf(segment: Segment, params: Params, parent: TrialRecord | undefined): Draw {
  const attributes = new Map<string, AttributeValue>([[SEGMENT, segmentAttribute(segment)]])
  const checkpoint = parent?.userAttributes.get(CHECKPOINT)
  if (checkpoint !== undefined) attributes.set(PARENT_CHECKPOINT, checkpoint)
  return { params, attributes }
}
