import { defineJob } from '@stormops/chassis/jobs/define-job'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const payload = z.object({})

describe('a definition of a job', () => {
  it('says what it did not say otherwise', () => {
    expect(defineJob({ name: 'storms.score', payload })).toMatchObject({
      kind: 'long',
      retries: 3,
      retryDelay: { firstSeconds: 1, mostSeconds: 300 },
      timeoutSeconds: 300,
      stepTimeoutSeconds: 300,
      priority: 0,
      atOnce: 4,
      atOnceOverall: null,
      atOnceForCompany: 2,
    })
    expect(defineJob({ name: 'storms.score', payload, kind: 'short' })).toMatchObject({
      timeoutSeconds: 30,
      atOnce: 40,
      atOnceForCompany: 20,
    })
    expect(defineJob({ name: 'storms.score', payload, atOnceOverall: 3 })).toMatchObject({
      atOnce: 4,
      atOnceForCompany: 1,
    })
  })

  it.each([
    [{ name: 'Storms/score' }, 'its name is like subgraph.verb-noun'],
    [{ retries: -1 }, 'retries is a whole number from 0 to 20, not -1'],
    [{ retries: 1.5 }, 'retries'],
    [{ retryDelay: { firstSeconds: 0, mostSeconds: 10 } }, 'retryDelay.firstSeconds'],
    [{ retryDelay: { firstSeconds: 20, mostSeconds: 10 } }, 'retryDelay.mostSeconds'],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds'],
    [{ kind: 'short' as const, timeoutSeconds: 61 }, 'timeoutSeconds is a whole number from 1 to 60, not 61'],
    [{ timeoutSeconds: 10, stepTimeoutSeconds: 11 }, 'stepTimeoutSeconds is a whole number from 1 to 10'],
    [{ priority: 101 }, 'priority'],
    [{ atOnce: 0 }, 'atOnce'],
    [{ atOnceOverall: 0 }, 'atOnceOverall is a whole number from 1 to 1000, not 0'],
    [{ atOnceForCompany: 0 }, 'atOnceForCompany'],
  ])('%j is refused, and says why', (change, why) => {
    expect(() => defineJob({ name: 'storms.score', payload, ...change })).toThrow(why)
  })

  it('says everything that is wrong with it at once', () => {
    expect(() => defineJob({ name: 'x', payload, retries: 99, priority: 1_000 })).toThrow(
      /retries .*; priority /,
    )
  })
})
