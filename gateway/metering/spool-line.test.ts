import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTOR_KINDS } from '@stormops/chassis/identity'
import { METERED_OUTCOMES } from './metered-operation.ts'
import type { MeteredOperation } from './metered-operation.ts'
import { markLine, operationLine, readLine } from './spool-line.ts'

const operations: fc.Arbitrary<MeteredOperation> = fc.record({
  eventId: fc.uuid(),
  tenantId: fc.uuid(),
  actorKind: fc.option(fc.constantFrom(...ACTOR_KINDS)),
  actorId: fc.option(fc.string({ unit: 'binary' })),
  operationName: fc.option(fc.stringMatching(/^[_A-Za-z][_0-9A-Za-z]*$/)),
  operationType: fc.constantFrom('query', 'mutation', 'subscription'),
  cost: fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })),
  outcome: fc.constantFrom(...METERED_OUTCOMES),
  at: fc.nat(),
})

describe('a line of the spool', () => {
  it('is read as it was written, whatever somebody calls themselves', () => {
    fc.assert(
      fc.property(operations, (operation) => {
        const line = operationLine(operation)
        expect(line).toMatch(/^[\t\x20-\x7e]+\n$/)
        expect(readLine(line.slice(0, -1))).toEqual({ kind: 'operation', operation })
      }),
    )
  })

  it('is damaged when any of its characters is another, or is missing', () => {
    const place = fc.nat()
    fc.assert(
      fc.property(operations, place, fc.integer({ min: 0x20, max: 0x7e }), (operation, at, code) => {
        const line = operationLine(operation).slice(0, -1)
        const index = at % line.length
        const other = String.fromCharCode(code)
        fc.pre(line[index] !== other)
        const changed = line.slice(0, index) + other + line.slice(index + 1)
        expect(readLine(changed)).toEqual({ kind: 'damaged' })
        expect(readLine(line.slice(0, index))).toEqual({ kind: 'damaged' })
      }),
    )
  })

  it('marks how far its file is written', () => {
    expect(readLine(markLine(1_234).slice(0, -1))).toEqual({ kind: 'mark', written: 1_234 })
  })
})
