import { InputError } from '../errors.js'
import { createRandom } from '../random.js'
import type { ParamValue } from '../space/distribution.js'
import { SpaceExhausted } from '../study/space-exhausted.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { GridCells, type GridValues } from './grid-cells.js'
import { drawUniform } from './random.js'
import type { Draw, DrawContext, Sampler } from './sampler.js'

export interface GridOptions {
  /** Takes the cells in an order drawn from the study's seed; in the order of the values where not given. */
  readonly shuffle?: boolean
  /** How often a cell whose trial failed is tried again; 2 unless given. */
  readonly retries?: number
}

export interface GridSampler extends Sampler {
  /** The number of cells. */
  readonly size: number
}

/** The cell of a trial that has not asked for all its parameters yet: our own attribute. */
const CELL_KEY = 'thresher:grid_cell'

/**
 * Every combination of the values, each once. A cell is known by its values, not by a trial's number: values may be
 * added later, trials that were enqueued count, and the cell of a trial that failed is filled again. Parameters that
 * are not in the grid are drawn at random.
 * @throws InputError where there is no parameter, one has no value or one twice, there are over 5,000,000 cells, or an
 *   option is wrong.
 */
export function grid(values: GridValues, options: GridOptions = {}): GridSampler {
  return new Grid(new GridCells(values), options)
}

class Grid implements GridSampler {
  readonly name = 'grid'
  readonly options: { readonly values: GridValues; readonly shuffle: boolean; readonly retries: number }
  readonly #cells: GridCells
  #order: { readonly seed: number; readonly cells: Uint32Array } | undefined
  #taken = new TakenCells()

  constructor(cells: GridCells, { shuffle = false, retries = 2 }: GridOptions) {
    if (!Number.isSafeInteger(retries) || retries < 0) {
      throw new InputError(`grid: retries is ${retries}; give a whole number from 0.`)
    }
    this.#cells = cells
    this.options = { values: cells.values, shuffle, retries }
  }

  get size(): number {
    return this.#cells.size
  }

  draw({ study, seed }: DrawContext): Draw {
    this.#update(study)
    const free = this.#taken.firstFree(this.size, this.#cellAt(seed))
    if (free === undefined) {
      throw new SpaceExhausted(`grid: all ${this.size} cells are taken; add values, or end the study.`)
    }
    const params = this.#cells.at(free)
    return { params, attributes: new Map([[CELL_KEY, Object.fromEntries(params)]]) }
  }

  drawOne(
    { random }: DrawContext,
    trial: TrialRecord,
    name: string,
    distribution: Parameters<Sampler['drawOne']>[3],
  ): ParamValue {
    if (!this.#cells.has(name)) return drawUniform(distribution, random)
    throw new InputError(
      `grid: trial ${trial.number} asks for ${name} from a range that lacks a value of the grid, ${this.#cells.values[name]!.map(String).join(', ')}; mend one of them.`,
    )
  }

  exhausted(study: StudySnapshot): boolean {
    this.#update(study)
    return this.#taken.count === this.size
  }

  #update(study: StudySnapshot): void {
    if (!this.#taken.follows(study)) this.#taken = new TakenCells()
    this.#taken.update(study, (trial) => this.#cellOf(trial), this.options.retries)
  }

  #cellOf(trial: TrialRecord): number | undefined {
    const drawn = trial.systemAttributes.get(CELL_KEY)
    const held = typeof drawn === 'object' && drawn !== null ? (drawn as Record<string, ParamValue>) : {}
    return this.#cells.indexOf((name) => (trial.params.has(name) ? trial.params.get(name) : held[name]))
  }

  #cellAt(seed: number): (place: number) => number {
    if (!this.options.shuffle) return (place) => place
    if (this.#order?.seed !== seed) this.#order = { seed, cells: this.#cells.shuffled(createRandom(seed)) }
    const { cells } = this.#order
    return (place) => cells[place]!
  }
}

/** Which cells the trials of one growing study have taken. Each finished trial is looked at once. */
class TakenCells {
  readonly #done = new Set<number>()
  readonly #failures = new Map<number, number>()
  /** Of trials that are not finished. */
  #running = new Map<number, number>()
  #first: TrialRecord | undefined
  #name: string | undefined
  #next = 0
  #pending: number[] = []
  /** Places before it were not free when they were looked at. */
  #place = 0

  get count(): number {
    let count = this.#done.size
    for (const cell of this.#running.keys()) if (!this.#done.has(cell)) count++
    return count
  }

  /** Whether the study is the one that was looked at before, grown. */
  follows({ name, trials }: StudySnapshot): boolean {
    if (this.#name === undefined) return true
    return name === this.#name && trials.length >= this.#next && trials[0]?.number === this.#first?.number
  }

  update(
    { name, trials }: StudySnapshot,
    cellOf: (trial: TrialRecord) => number | undefined,
    retries: number,
  ): void {
    this.#name = name
    this.#first = trials[0]
    this.#running = new Map()
    const pending: number[] = []
    const take = (index: number): void => {
      const trial = trials[index]!
      const cell = cellOf(trial)
      if (trial.state === 'RUNNING' || trial.state === 'WAITING') {
        pending.push(index)
        if (cell !== undefined) this.#running.set(cell, index)
      } else if (cell !== undefined) {
        this.#finish(cell, trial, retries)
      }
    }
    for (const index of this.#pending) take(index)
    for (; this.#next < trials.length; this.#next++) take(this.#next)
    this.#pending = pending
  }

  /** The first free cell in an order of places. */
  firstFree(size: number, cellAt: (place: number) => number): number | undefined {
    for (let place = this.#place; place < size; place++) {
      const cell = cellAt(place)
      if (!this.#done.has(cell) && !this.#running.has(cell)) return cell
      // A cell that is only running may fail: the places from it on are looked at again.
      if (place === this.#place && this.#done.has(cell)) this.#place++
    }
    return undefined
  }

  #finish(cell: number, { state }: TrialRecord, retries: number): void {
    if (state !== 'FAIL') {
      this.#done.add(cell)
      return
    }
    const failures = (this.#failures.get(cell) ?? 0) + 1
    this.#failures.set(cell, failures)
    if (failures > retries) this.#done.add(cell)
  }
}
