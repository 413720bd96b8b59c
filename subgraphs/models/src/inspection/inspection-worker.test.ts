import { describe, expect, it } from 'vitest'
import { inspectInWorker } from './inspection-worker.ts'
import { aPair, shippedPair } from './shipped-pair.fixture.ts'

describe('an artifact inspected in a thread of its own', () => {
  it('tells the features and the number of trees over both arms', async () => {
    const inspection = await inspectInWorker(shippedPair('v1'))
    expect(inspection).toEqual({
      kind: 'ok',
      features: [
        'roof_age_years',
        'hail_max_in',
        'wind_gust_mph',
        'home_value_k',
        'roof_area_sqft',
        'distance_to_swath_mi',
        'prior_claims',
        'owner_occupied',
      ],
      treeCount: expect.toSatisfy((count: number) => Number.isInteger(count) && count > 2),
    })
  })

  it('is refused with the place and the reason', async () => {
    const inspection = await inspectInWorker(aPair({ controlJson: '{"learner":7}' }))
    expect(inspection).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_XGBOOST', path: 'control.learner' },
    })
  })

  it('is refused when the time is over, and the thread is gone', async () => {
    // A thread needs many milliseconds to begin.
    const inspection = await inspectInWorker(shippedPair('v2'), { timeoutMs: 1, heapMb: 256 })
    expect(inspection).toEqual({
      kind: 'refused',
      refusal: {
        code: 'TOO_LARGE',
        path: 'treated',
        message: 'The artifact takes more than 0.001 seconds to read. Train a smaller model.',
      },
    })
    expect(process.getActiveResourcesInfo().filter((name) => /worker|MessagePort/i.test(name))).toEqual([])
  })

  it('is refused when it takes more memory than there is for it, and the process lives on', async () => {
    const inspection = await inspectInWorker(aPair({ controlJson: manyTexts(550_000) }), {
      timeoutMs: 30_000,
      heapMb: 16,
    })
    expect(inspection).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_LARGE', path: 'control' } })
    expect(inspection).toMatchObject({ refusal: { message: expect.stringContaining('16 MB of memory') } })
  })
})

/** As JSON, some four megabytes; as values, several times that. */
const manyTexts = (count: number): string =>
  JSON.stringify({ learner: Array.from({ length: count }, (_, index) => index.toString(36)) })
