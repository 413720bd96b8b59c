import { Histogram, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { bucketCounts } from './bucket-counts.ts'

const BOUNDS = [0.001, 0.01, 0.1]
const VALUES = [0, 0.001, 0.0011, 0.01, 0.05, 0.1, 0.5, 7]

describe('counts in buckets', () => {
  it('are printed as the histogram of the client library prints them', async () => {
    const [ours, theirs] = [new Registry(), new Registry()]
    const [name, help] = ['stage_seconds', 'Time in a stage.']
    const counts = bucketCounts(ours, { name, help, label: 'stage', bounds: BOUNDS })
    const histogram = new Histogram({
      name,
      help,
      labelNames: ['stage'],
      buckets: BOUNDS,
      registers: [theirs],
    })
    for (const [index, value] of VALUES.entries()) {
      const stage = index % 2 === 0 ? 'plan' : 'limits'
      counts.of(stage)(value)
      histogram.observe({ stage }, value)
    }
    const linesOf = (text: string) =>
      text
        .split('\n')
        .map((line) => line.replaceAll(/le="[^"]+",?|stage="[^"]+",?/g, (part) => part.replace(',', '')))
    const sorted = (text: string) =>
      linesOf(text).map((line) =>
        line.replace(
          /\{(.*)\}/,
          (_all, labels: string) =>
            `{${
              labels
                .match(/\w+="[^"]+"/g)
                ?.toSorted()
                .join() ?? ''
            }}`,
        ),
      )
    expect(sorted(await ours.metrics()).toSorted()).toEqual(sorted(await theirs.metrics()).toSorted())
    expect(await ours.metrics()).toContain('stage_seconds_count{stage="plan"} 4')
  })
})
