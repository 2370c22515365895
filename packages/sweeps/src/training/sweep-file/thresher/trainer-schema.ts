import { z } from 'zod'
import { closed, duration, number, text, value, whole, word } from './schema-parts.js'

const optional = z.optional

const metricsSchema = z
  .union(
    [
      z.literal('stdout'),
      closed({ stdout: text('a pattern with the group (?<value>...)') }, 'Give {stdout: PATTERN}.'),
      closed({ csv: text('the path of a CSV log') }, 'Give {csv: metrics.csv}.'),
      closed({ jsonl: text('the path of a JSON Lines log') }, 'Give {jsonl: log.jsonl}.'),
      closed({ trainer_state: text('the path of trainer_state.json') }, 'Give {trainer_state: PATH}.'),
      closed({ tensorboard: text('a folder with event files') }, 'Give {tensorboard: runs}.'),
    ],
    {
      error:
        'Give stdout, {stdout: PATTERN}, {csv: PATH}, {jsonl: PATH}, {trainer_state: PATH} or {tensorboard: FOLDER}.',
    },
  )
  .meta({ id: 'metrics' })

const gpu = z.union([z.string().min(1), z.int().min(0)], { error: 'Give the number or name of a device.' })

const command = closed(
  {
    command: z
      .array(
        z.union([z.string(), z.number()], {
          error: 'Give a word; quote it where it looks like something else.',
        }),
        {
          error: `Give its words as a list: [python, train.py, "\${args_no_hyphens}"].`,
        },
      )
      .min(1, { error: `It has no words. Give them as a list: [python, train.py, "\${args_no_hyphens}"].` })
      .meta({ description: 'The words of the command line, with macros; no shell reads them.' }),
    program: optional(text(`the script that \${program} stands for`)),
    directory: optional(text('a folder')).meta({
      description: "Where it runs; the sweep file's folder unless given.",
    }),
    environment: optional(
      z.record(text(), value(), { error: 'Give names and values, as in {OMP_NUM_THREADS: 4}.' }),
    ),
    metrics: optional(metricsSchema).meta({
      description: 'Where the numbers come from; stdout unless given.',
    }),
    timeout: optional(duration()).meta({ description: 'Of one run.' }),
    retries: optional(whole(0)).meta({
      description: 'How often a failed run is tried again; 0 unless given.',
    }),
    retry_delay: optional(duration()).meta({
      description: 'Before the first retry, doubled each time; 10s unless given.',
    }),
    gpus: optional(z.array(gpu, { error: 'Give devices as a list, as in [0, 1].' })).meta({
      description: 'Devices that CUDA_VISIBLE_DEVICES is set to, shared out among the workers.',
    }),
    runs_per_gpu: optional(whole(1)),
    seed_parameter: optional(text('the parameter by which the seed is passed')),
    grace: optional(duration()).meta({ description: 'From SIGTERM to SIGKILL; 30s unless given.' }),
  },
  'Give {command: [...]}.',
)

const tensorflow = closed(
  {
    epochs: optional(whole(1)),
    images: optional(whole(1)),
    validation_images: optional(whole(1)),
    batch_size: optional(whole(1)),
    image_size: optional(whole(32)),
    backend: optional(word(['auto', 'node-gpu', 'node', 'wasm'])),
  },
  'Give {} or {epochs: 8}.',
)

/** How runs are made: a program of the user's, or the built-in trainer. */
export const trainerSchema = z
  .union([z.literal('tensorflow'), command, closed({ tensorflow }, 'Give {tensorflow: {epochs: 8}}.')], {
    error: `Give {command: [python, train.py, "\${args_no_hyphens}"]}, or tensorflow for the built-in trainer.`,
  })
  .meta({ id: 'trainer' })

export type TrainerInput = z.infer<typeof trainerSchema>
export type MetricsInput = z.infer<typeof metricsSchema>

/** A number from above 0 to 1. */
export const shareSchema = number('a number above 0 and at most 1')
  .gt(0, { error: 'Give a number above 0 and at most 1.' })
  .max(1, { error: 'Give a number above 0 and at most 1.' })
