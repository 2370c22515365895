import { createCommandTrainer } from './command/command-trainer.js'
import type { SweepPlan } from './sweep-plan.js'
import type { Trainer } from './trainer.js'

/** The trainer that a sweep file asks for. @throws InputError where it cannot be had. */
export async function openTrainer({ trainer, metric }: SweepPlan): Promise<Trainer> {
  if (trainer.kind === 'command') return createCommandTrainer(trainer, metric.name)
  // TensorFlow.js is large, and most sweeps train with something else.
  const { createTensorflowTrainer } = await import('./tensorflow/tensorflow-trainer.js')
  return createTensorflowTrainer(trainer)
}
