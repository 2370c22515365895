import { InputError } from '@thresher/core'
import { createCommandTrainer } from './command/command-trainer.js'
import type { SweepPlan } from './sweep-plan.js'
import type { Trainer } from './trainer.js'

/** The trainer that a sweep file asks for. @throws InputError where it cannot be had. */
export async function openTrainer({ trainer, metric, file }: SweepPlan): Promise<Trainer> {
  if (trainer.kind === 'command') return createCommandTrainer(trainer, metric.name)
  throw new InputError(`${file}: trainer ${trainer.kind} is not part of this build; give a command.`)
}
