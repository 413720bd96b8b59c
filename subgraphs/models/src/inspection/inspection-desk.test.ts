import { describe, expect, it } from 'vitest'
import { Fault } from '@stormops/chassis/fault'
import type { Inspection } from '../domain/artifact.ts'
import { inspectionDesk } from './inspection-desk.ts'
import { aPair } from './shipped-pair.fixture.ts'

const ACCEPTED: Inspection = { kind: 'ok', features: [], treeCount: 1 }

/** A desk whose inspections end when the test says so. */
const aDesk = (atOnce: number, waiting: number) => {
  const running: PromiseWithResolvers<Inspection>[] = []
  const inspect = inspectionDesk(
    () => {
      const inspection = Promise.withResolvers<Inspection>()
      running.push(inspection)
      return inspection.promise
    },
    { atOnce, waiting },
  )
  return { come: () => inspect(aPair()), running }
}

describe('the desk where artifacts are inspected', () => {
  it('takes no more at once than it has room for, and the next when one leaves', async () => {
    const { come, running } = aDesk(2, 2)
    const answers = [come(), come(), come(), come()]
    expect(running).toHaveLength(2)
    running[0]?.resolve(ACCEPTED)
    await answers[0]
    expect(running).toHaveLength(3)
    for (const inspection of running) inspection.resolve(ACCEPTED)
    await answers[2]
    running[3]?.resolve(ACCEPTED)
    expect(await Promise.all(answers)).toHaveLength(4)
  })

  it('sends away whoever finds all places taken', async () => {
    const { come, running } = aDesk(1, 1)
    const answers = [come(), come()]
    await expect(come()).rejects.toThrow(Fault)
    running[0]?.resolve(ACCEPTED)
    await answers[0]
    running[1]?.resolve(ACCEPTED)
    await answers[1]
    expect(running).toHaveLength(2)
  })

  it('has its place back after an inspection that broke', async () => {
    const { come, running } = aDesk(1, 0)
    const broken = come()
    running[0]?.reject(new Error('broken'))
    await expect(broken).rejects.toThrow('broken')
    const next = come()
    running[1]?.resolve(ACCEPTED)
    expect(await next).toBe(ACCEPTED)
  })
})
