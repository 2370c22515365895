import { z } from 'zod'
import { closed, duration, number, pair, text, value, whole, word } from './schema-parts.js'
import { prunerSchema, samplerSchema, stoppingSchema } from './search-schema.js'
import { shareSchema, trainerSchema } from './trainer-schema.js'

const optional = z.optional

const values = z
  .array(value(), { error: 'Give a list of values.' })
  .min(1, { error: 'It has no values. Give at least one.' })

const when = optional(
  z.record(text(), z.union([value(), values], { error: 'Give a value or a list of them.' }), {
    error: 'Give the other parameter and its value, as in {optimizer: sgd}.',
  }),
).meta({ description: 'The parameter is there only where another one has this value, or one of these.' })

const RANGE = '[low, high]'

const parameterSchema = z
  .union(
    [
      value().meta({
        description:
          "A value that never varies; a text in Hydra's grammar for sweeps is a range or a choice.",
      }),
      values.meta({ description: 'One of these.' }),
      closed({ log: pair(RANGE), when }, 'Give {log: [1e-5, 1e-2]}.').meta({
        description: 'A number on a logarithmic scale.',
      }),
      closed({ log_int: pair(RANGE), when }, 'Give {log_int: [1, 256]}.').meta({
        description: 'A whole number on a logarithmic scale.',
      }),
      closed(
        { float: pair(RANGE), step: optional(number('a step above 0')), when },
        'Give {float: [0, 0.5]}.',
      ).meta({
        description: 'A number, in steps where there is one.',
      }),
      closed(
        { int: pair(RANGE), step: optional(number('a step from 1')), when },
        'Give {int: [5, 50], step: 5}.',
      ).meta({
        description: 'A whole number, both ends included, in steps where there is one.',
      }),
      closed(
        {
          choice: values,
          weights: optional(z.array(number('a weight from 0'), { error: 'Give a weight to each choice.' })),
          when,
        },
        'Give {choice: [sgd, adamw]}.',
      ).meta({ description: 'One of these, some more likely than others where there are weights.' }),
      closed({ normal: pair('[mean, standard deviation]'), when }, 'Give {normal: [0, 1]}.'),
      closed(
        { log_normal: pair("the logarithm's [mean, standard deviation]"), when },
        'Give {log_normal: [0, 1]}.',
      ),
      closed({ beta: pair('its [a, b]'), when }, 'Give {beta: [2, 5]}.'),
      closed({ value: value() }, 'Give {value: ...}.').meta({
        description: 'A value that never varies, and never is an expression.',
      }),
    ],
    {
      error:
        'Give a value, a list of choices, {log: [low, high]}, {float: [low, high]}, {int: [low, high]}, {log_int: [low, high]}, {choice: [...]}, {normal: [...]}, {log_normal: [...]}, {beta: [...]} or {value: ...}.',
    },
  )
  .meta({ id: 'parameter' })

const phaseSchema = closed(
  {
    name: optional(text()),
    trials: optional(whole(1)).meta({ description: 'How many it adds.' }),
    around: optional(shareSchema).meta({
      description: 'Narrows the ranges to this share of each, around the best so far.',
    }),
    sampler: optional(samplerSchema),
    verify: optional(whole(1)).meta({
      description: 'Runs the best this many settings and the baseline over all seeds, in place of searching.',
    }),
    only_if_gain: optional(number('points of the metric')).meta({
      description: 'Left out unless something before it beat the baseline by so many points.',
    }),
  },
  'Give {name: coarse, trials: 20}.',
).meta({ id: 'phase' })

const metricSchema = closed(
  {
    name: text('the name under which it is logged'),
    direction: word(['maximize', 'minimize']),
    target: optional(number()).meta({ description: 'The sweep ends where it is reached.' }),
    summary: optional(word(['best', 'last'])).meta({
      description: "Which of a run's reports is its value; best unless given.",
    }),
  },
  'Give {name: val/hmean, direction: maximize}.',
)

/** A sweep file of ours. */
export const sweepFileSchema = closed(
  {
    name: optional(text()).meta({ description: "The study's name; the file's unless given." }),
    description: optional(text()),
    metric: metricSchema,
    trainer: trainerSchema,
    parameters: z
      .record(text('a name'), parameterSchema, {
        error: 'Give parameters by name, as in lr: {log: [1e-5, 1e-2]}.',
      })
      .meta({ description: 'What is searched, and what is passed along; nested names with dots.' }),
    baseline: optional(
      z.record(text('a name'), value(), { error: 'Give values by name, as in {lr: 4e-4}.' }),
    ).meta({
      description: 'The setting that the others are held against; a value for every searched parameter.',
    }),
    seeds: optional(
      z
        .array(whole(0), { error: 'Give whole numbers, as in [42, 777, 2024].' })
        .min(1, { error: 'Give whole numbers, as in [42, 777, 2024].' })
        .refine((seeds) => new Set(seeds).size === seeds.length, {
          error: 'It has a seed twice. Give each once.',
        }),
    ).meta({ description: 'Of training: the baseline runs with all of them, others one after another.' }),
    sampler: optional(samplerSchema).meta({ description: 'tpe unless given.' }),
    pruner: optional(prunerSchema).meta({ description: 'none unless given.' }),
    stopping: optional(stoppingSchema),
    trials: optional(whole(1)),
    phases: optional(
      z
        .array(phaseSchema, { error: 'Give a list, as in [{trials: 20}, {verify: 3}].' })
        .min(1, { error: 'It has no phase. Give one, or leave it out.' }),
    ),
    timeout: optional(duration()).meta({ description: 'Of the whole sweep: no run starts after it.' }),
    workers: optional(whole(1)).meta({ description: 'Runs at a time.' }),
    seed: optional(whole(0)).meta({ description: 'Of the search.' }),
  },
  'Write keys and values, as in name: lr.',
)

export type SweepFileInput = z.infer<typeof sweepFileSchema>
export type ParameterInput = z.infer<typeof parameterSchema>
export type PhaseInput = z.infer<typeof phaseSchema>
