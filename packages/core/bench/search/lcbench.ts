import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, InferenceSession, Tensor } from 'onnxruntime-web'
import { float, int, logFloat, logInt } from '../../src/space/declared-param.js'
import { space } from '../../src/space/space.js'

/** Epochs of a whole training. */
export const EPOCHS = 52

/** The space of LCBench: L. Zimmer, M. Lindauer, F. Hutter, "Auto-PyTorch tabular", IEEE TPAMI 43(9), 2021. */
export const LCBENCH_SPACE = space({
  batch_size: logInt(16, 512),
  learning_rate: logFloat(1e-4, 0.1),
  max_dropout: float(0, 1),
  max_units: logInt(64, 1024),
  momentum: float(0.1, 0.99),
  num_layers: int(1, 5),
  weight_decay: float(1e-5, 0.1),
})

/** The model's inputs after the epoch, in its order. */
const INPUTS = [
  'batch_size',
  'learning_rate',
  'momentum',
  'weight_decay',
  'num_layers',
  'max_units',
  'max_dropout',
] as const

export type Settings = Readonly<Record<(typeof INPUTS)[number], number>>

/**
 * Learning curves of real trainings, as the surrogate of YAHPO Gym gives them: F. Pfisterer et al., "YAHPO Gym - an
 * efficient multi-objective multi-fidelity benchmark for hyperparameter optimization", AutoML 2022.
 */
export class LcBench {
  readonly #session: InferenceSession
  readonly #tasks: Readonly<Record<string, number>>

  private constructor(session: InferenceSession, tasks: Readonly<Record<string, number>>) {
    this.#session = session
    this.#tasks = tasks
  }

  /** @returns undefined where the folder has no model */
  static async open(folder: string): Promise<LcBench | undefined> {
    const model = join(folder, 'model.onnx')
    if (!existsSync(model)) return undefined
    // The model is small: threads would wait for each other most of the time.
    env.wasm.numThreads = 1
    const session = await InferenceSession.create(readFileSync(model))
    const encoding = JSON.parse(readFileSync(join(folder, 'encoding.json'), 'utf8'))
    const bench = new LcBench(session, encoding.OpenML_task_id)
    await bench.#check(JSON.parse(readFileSync(join(folder, 'sample_outputs.json'), 'utf8')))
    return bench
  }

  /** The accuracy on validation data, in percent, after each of some epochs. */
  async accuracies(task: string, settings: Settings, from: number, to: number): Promise<number[]> {
    const count = to - from + 1
    const inputs = Float32Array.from({ length: count * (INPUTS.length + 1) }, (_, i) => {
      const column = i % (INPUTS.length + 1)
      return column === 0 ? from + Math.floor(i / (INPUTS.length + 1)) : settings[INPUTS[column - 1]!]
    })
    const output = await this.#session.run({
      x_cat: new Tensor('int32', new Int32Array(count).fill(this.#tasks[task]!), [count, 1]),
      x_cont: new Tensor('float32', inputs, [count, INPUTS.length + 1]),
    })
    const values = output[this.#session.outputNames[0]!]!.data as Float32Array
    return Array.from({ length: count }, (_, i) => values[i * OUTPUTS + ACCURACY]!)
  }

  /** @throws Error where the model does not give what it gave where it was made. */
  async #check(samples: readonly { task: string; config: Settings & { epoch: number }; out: Output }[]) {
    for (const { task, config, out } of samples.slice(0, 12)) {
      const [accuracy] = await this.accuracies(task, config, config.epoch, config.epoch)
      if (Math.abs(accuracy! - out.val_accuracy) > 1e-3) {
        throw new Error(`task ${task}: accuracy ${accuracy}, which should be ${out.val_accuracy}`)
      }
    }
  }
}

interface Output {
  readonly val_accuracy: number
}

const OUTPUTS = 6
const ACCURACY = 1
