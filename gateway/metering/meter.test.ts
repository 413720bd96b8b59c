import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { fixedClock } from '@stormops/chassis/clock'
import { newId } from '@stormops/chassis/values/ids'
import { logLines } from '../testing/log-lines.ts'
import { aDirectory, anOperation, filesIn } from './a-spool.ts'
import type { MeteredOperation } from './metered-operation.ts'
import { openMeter } from './meter.ts'
import type { Heard, MeterOptions } from './meter.ts'

const NOON = '2026-03-01T12:00:00Z'

const heard = (): Heard => {
  const { eventId: _eventId, at: _at, ...rest } = anOperation()
  return rest
}

const ledger = () => {
  const batches: (readonly MeteredOperation[])[] = []
  let away: Promise<void> | null = null
  let failing = false
  return {
    batches,
    names: () => batches.flat().map(({ operationName }) => operationName),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      away = promise
      return () => {
        away = null
        resolve()
      }
    },
    fail: (fails: boolean) => (failing = fails),
    write: async (batch: readonly MeteredOperation[]) => {
      await away
      if (failing) throw new Error('The ledger is away.')
      batches.push(batch)
    },
  }
}

const open = async (directory: string, more: Partial<MeterOptions> = {}) => {
  const log = logLines()
  const registry = new Registry()
  const written = ledger()
  const meter = await openMeter({
    directory,
    writer: written,
    clock: fixedClock(NOON),
    newId,
    log: log.log,
    registry,
    sleep: () => new Promise(setImmediate),
    random: () => 0,
    ...more,
  })
  const metric = async (name: string): Promise<number> => {
    const line = (await registry.metrics())
      .split('\n')
      .find((text) => text.startsWith(`stormops_metering_${name} `))
    return Number(line?.split(' ').at(-1))
  }
  return { meter, log, written, metric }
}

describe('a meter', () => {
  it('puts what finishes in one turn of the event loop on disk in one write, in order', async () => {
    const directory = aDirectory()
    const { meter, written } = await open(directory)
    const letGo = written.hold()
    const all = Array.from({ length: 5 }, heard)
    const recorded = all.map((one) => meter.record(one))
    expect(filesIn(directory, '.spool')).toEqual([])
    await recorded[0]
    const [file = ''] = filesIn(directory, '.spool')
    expect(readFileSync(join(directory, file), 'latin1').trim().split('\n')).toHaveLength(5)
    letGo()
    await meter.drained()
    expect(written.names()).toEqual(all.map(({ operationName }) => operationName))
    await meter.close()
    expect(filesIn(directory, '')).toEqual([])
  })

  it('says what it counted, what waits, how old it is and what went wrong', async () => {
    let now = Date.parse(NOON)
    const clock = { now: () => new Date(now) }
    const { meter, written, metric } = await open(aDirectory(), { clock })
    const letGo = written.hold()
    await Promise.all([meter.record(heard()), meter.record(heard())])
    now += 7_000
    expect(await metric('counted_total')).toBe(2)
    expect(await metric('written_total')).toBe(0)
    expect(await metric('waiting')).toBe(2)
    expect(await metric('oldest_unwritten_seconds')).toBe(7)
    expect(await metric('spool_bytes')).toBeGreaterThan(200)
    letGo()
    await meter.drained()
    expect(await metric('written_total')).toBe(2)
    expect(await metric('waiting')).toBe(0)
    expect(await metric('oldest_unwritten_seconds')).toBe(0)
    await meter.close()
  })

  it('tries again until the ledger takes it, and tells the log once', async () => {
    const { meter, written, log, metric } = await open(aDirectory())
    written.fail(true)
    await meter.record(heard())
    while ((await metric('failures_total{what="write"}')) < 5) await new Promise(setImmediate)
    written.fail(false)
    await meter.drained()
    expect(written.batches).toHaveLength(1)
    expect(log.lines().filter(({ level }) => level === 'error')).toHaveLength(1)
    await meter.close()
  })

  it('leaves on disk at the end what the ledger does not take, and the next one carries on', async () => {
    const directory = aDirectory()
    const first = await open(directory, { closeMilliseconds: 20 })
    first.written.fail(true)
    const all = Array.from({ length: 3 }, heard)
    for (const one of all) await first.meter.record(one)
    await first.meter.close()
    expect(first.written.batches).toEqual([])
    const second = await open(directory)
    await second.meter.drained()
    expect(second.written.names()).toEqual(all.map(({ operationName }) => operationName))
    await second.meter.close()
    expect(filesIn(directory, '')).toEqual([])
  })

  it('takes what was recorded in the turn of its end', async () => {
    const { meter, written } = await open(aDirectory())
    const recorded = meter.record(heard())
    await meter.close()
    await recorded
    expect(written.batches.flat()).toHaveLength(1)
  })

  it('opens, records and closes where no spool can be', async () => {
    const block = join(aDirectory(), 'metering')
    writeFileSync(block, 'no directory')
    const { meter, written, log, metric } = await open(block)
    await meter.record(heard())
    await meter.drained()
    expect(written.batches.flat()).toHaveLength(1)
    expect(await metric('failures_total{what="spool"}')).toBe(1)
    expect(log.lines().some(({ level }) => level === 'error')).toBe(true)
    await meter.close()
  })
})
