import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anArtifact, leaf, split } from './an-artifact.ts'
import type { Json } from './an-artifact.ts'
import { parseXgboostArtifact } from './artifact.ts'
import { margins } from './evaluate.ts'

const REFERENCE = readFileSync(new URL('../../artifacts/uplift_v1_control.json', import.meta.url), 'utf8')

const SMALL = anArtifact({
  objective: 'binary:logistic',
  baseScore: '5E-1',
  treeWeights: [0.5, 2],
  trees: [split(0, 1, split(1, 20, leaf(1), leaf(2), 'right'), leaf(3)), split(1, 5, leaf(0.25), leaf(-0.5))],
})

const SURPRISES: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(-1, 0, 1, 2, 3, 4, 5, 1.5, 1e39, -1e39, 2 ** 31, 2 ** 53, -0, 3e38),
  fc.constantFrom<Json>(
    '0',
    '1',
    '-1',
    '99999999999999999999',
    '[5E-1]',
    'NaN',
    '__proto__',
    '',
    true,
    false,
    null,
  ),
  // fast-check's JSON values are JSON by construction; its own type says unknown members.
  fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json),
)

type Holder = { [name: string]: Json }

/** Every place below `json`, as its holder and its name there. */
function places(json: Json): [Holder, string][] {
  if (typeof json !== 'object' || json === null) return []
  // Lists are edited by index, which is a name like any other.
  const holder = json as Holder
  return Object.keys(holder).flatMap((name) => [[holder, name] as [Holder, string], ...places(holder[name]!)])
}

/** Accepted or refused, never thrown; and what is accepted can be scored. */
function requireAnswer(artifact: string): 'ok' | 'refused' {
  const result = parseXgboostArtifact(artifact)
  if (result.kind === 'refused') return result.kind
  const values = Float32Array.of(0, 1, 20, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
  const scores = margins(
    result.model,
    result.model.featureNames.map(() => values),
    values.length,
  )
  expect(scores.every(Number.isFinite)).toBe(true)
  return result.kind
}

describe('whatever is done to an artifact, it is accepted or refused and never throws', () => {
  it('when values are replaced, removed and swapped', () => {
    const answers = { ok: 0, refused: 0 }
    const edits = fc.array(
      fc.record({
        at: fc.nat(),
        other: fc.nat(),
        deed: fc.constantFrom('replace', 'remove', 'swap'),
        value: SURPRISES,
      }),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(edits, (chosen) => {
        const json = structuredClone(SMALL)
        for (const { at, other, deed, value } of chosen) {
          const all = places(json)
          const [holder, name] = all[at % all.length] ?? [{}, '']
          const [otherHolder, otherName] = all[other % all.length] ?? [{}, '']
          if (deed === 'remove') delete holder[name]
          else if (deed === 'replace') holder[name] = value
          else holder[name] = structuredClone(otherHolder[otherName] ?? null)
        }
        answers[requireAnswer(JSON.stringify(json))] += 1
      }),
      { numRuns: 2_000 },
    )
    expect(answers.ok).toBeGreaterThan(0)
    expect(answers.refused).toBeGreaterThan(0)
  })

  it('when the text is cut, repeated and overwritten', () => {
    const scraps = fc.oneof(
      fc.constantFrom('NaN', '-Infinity', '"', '\\', '[', '}', ',', '1e999', '\u0000'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.nat(REFERENCE.length), fc.nat(30), scraps, (at, removed, scrap) => {
        requireAnswer(REFERENCE.slice(0, at) + scrap + REFERENCE.slice(at + removed))
      }),
      { numRuns: 100 },
    )
  })

  it('when it is any text or any bytes at all', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void requireAnswer(text)))
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseXgboostArtifact(bytes)))
  })
})
