/** A job's payload is kept, shown to whoever may see the job, and read again when the job is done again. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { JobDefinition } from '@stormops/chassis/jobs/define-job'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ROOT } from './imports.ts'

const isDefinition = (value: unknown): value is JobDefinition<object> =>
  typeof value === 'object' && value !== null && 'payload' in value && 'retries' in value && 'name' in value

const definitionsOf = async (): Promise<readonly JobDefinition<object>[]> => {
  const files = globSync('subgraphs/*/src/jobs/*.ts', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  const modules: readonly object[] = await Promise.all(
    files.map((file) => import(pathToFileURL(join(ROOT, file)).href)),
  )
  return modules.flatMap((module) => Object.values(module)).filter(isDefinition)
}

/** Texts that are neither an id of ours, nor a day, nor a choice, and what they are. */
const OTHER_TEXTS: ReadonlyMap<string, string> = new Map([
  ['billing.handle-stripe-event.eventId', 'Stripe’s id of an event, which says nothing without Stripe’s key'],
  ...[
    'billing.open-plan',
    'models.install-reference-models',
    'tenancy.move-tenant',
    'tenancy.place-tenant',
  ].map((job): [string, string] => [`${job}.cell`, 'the short name of a database']),
])

type Property = {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

const isPlain = ({ type, format, pattern, enum: choices, const: one }: Property): boolean =>
  type === 'integer' ||
  type === 'number' ||
  type === 'boolean' ||
  choices !== undefined ||
  one !== undefined ||
  format === 'uuid' ||
  format === 'date' ||
  pattern === String.raw`^\d+$`

describe('the payload of a job', () => {
  it('is made of ids, days, numbers and choices, so that it holds no secret and no address', async () => {
    const definitions = await definitionsOf()
    expect(definitions.length).toBeGreaterThan(12)
    const texts = definitions.flatMap(({ name, payload }) => {
      const { properties = {} } = z.toJSONSchema(payload) as {
        readonly properties?: Record<string, Property>
      }
      return Object.entries(properties)
        .filter(([, property]) => !isPlain(property))
        .map(([property]) => `${name}.${property}`)
    })
    expect(texts.toSorted()).toEqual([...OTHER_TEXTS.keys()].toSorted())
  })
})
