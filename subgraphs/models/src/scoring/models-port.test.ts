import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@stormops/chassis/values/ids'
import { referenceCases } from '../inference/reference-cases.ts'
import type { ScoringBatch } from '../port.ts'
import { runningModels } from '../running-models.fixture.ts'
import { versionStore } from '../store/version-store.ts'

let models: Awaited<ReturnType<typeof runningModels>>
let tenantId: string
beforeAll(async () => {
  models = await runningModels()
  tenantId = await models.tenant()
})
afterAll(() => models.close())

const idOf = async (name: 'v1' | 'v2', tenant = tenantId): Promise<string> => {
  const versions = await models.database.withTenant(tenant, (tx) => versionStore(tx).all())
  const found = versions.find(({ version }) => version === name)
  if (found === undefined) throw new Error(`no version ${name}`)
  return found.id
}

const casesBatch = async (
  version: 'v1' | 'v2',
  change: Partial<ScoringBatch> = {},
): Promise<ScoringBatch> => {
  const { features, columns, rowCount } = referenceCases(version)
  return { tenantId, versionId: await idOf(version), names: features, columns, rowCount, ...change }
}

const scoresOf = async (batch: ScoringBatch): Promise<readonly number[]> => {
  const result = await models.port.scoreUplift(batch)
  if (result.kind === 'scored') return Array.from(result.scores)
  throw new Error(result.kind)
}

const nativeScores = (version: 'v1' | 'v2'): readonly number[] => {
  const { chances } = referenceCases(version)
  return Array.from(chances.treated, (chance, row) => chance - chances.control[row]!)
}

describe('the model that answers', () => {
  it('is the champion of uplift, with its features and its tenths', async () => {
    const active = await models.port.activeUpliftModel(tenantId)
    expect(active).toMatchObject({ version: 'v1', versionId: await idOf('v1'), reference: { n: 200 } })
    expect(active?.features).toEqual(referenceCases('v1').features)
    expect(active?.reference?.cutPoints).toHaveLength(9)
  })

  it('is nobody for a company that has none', async () => {
    expect(await models.port.activeUpliftModel(newId())).toBeNull()
  })

  it('has tenths that split the scores of its own rows into ten times twenty', async () => {
    const cutPoints = (await models.port.activeUpliftModel(tenantId))?.reference?.cutPoints ?? []
    const counts = Array.from({ length: 10 }, () => 0)
    for (const score of nativeScores('v1')) counts[cutPoints.filter((cut) => score >= cut).length]! += 1
    expect(counts).toEqual(Array.from({ length: 10 }, () => 20))
  })
})

describe('scores', () => {
  it.each(['v1', 'v2'] as const)('of %s are those of native XGBoost, to the last bit', async (version) => {
    expect(await scoresOf(await casesBatch(version))).toEqual(nativeScores(version))
    // Again, now that the pair is remembered.
    expect(await scoresOf(await casesBatch(version))).toEqual(nativeScores(version))
  })

  it('do not depend on the order of the columns, on more columns or on longer ones', async () => {
    const { features, columns, rowCount } = referenceCases('v1')
    const names = [...features, 'zip'].toReversed()
    const longer = [...columns, new Float32Array(rowCount)]
      .toReversed()
      .map((column) => Float32Array.from([...column, Number.NaN]))
    expect(await scoresOf(await casesBatch('v1', { names, columns: longer }))).toEqual(nativeScores('v1'))
  })

  it('of a batch that takes many turns are those of its rows', async () => {
    const { columns, rowCount } = referenceCases('v1')
    const copies = 200
    const many = columns.map((column) =>
      Float32Array.from({ length: rowCount * copies }, (_, row) => column[row % rowCount]!),
    )
    const scores = await scoresOf(await casesBatch('v1', { columns: many, rowCount: rowCount * copies }))
    const expected = nativeScores('v1')
    expect(scores).toHaveLength(rowCount * copies)
    expect(scores.every((score, row) => score === expected[row % rowCount])).toBe(true)
  })

  it('are numbers from −1 to 1 whatever is unknown or absurd', async () => {
    const { features } = referenceCases('v2')
    const odd = Float32Array.of(Number.NaN, Infinity, -Infinity, 3.4e38, -3.4e38, -0, 1e-45)
    const batch = await casesBatch('v2', { columns: features.map(() => odd), rowCount: odd.length })
    const scores = await scoresOf(batch)
    expect(scores).toHaveLength(odd.length)
    expect(scores.every((score) => score >= -1 && score <= 1)).toBe(true)
  })

  it('of no rows are none', async () => {
    expect(await scoresOf(await casesBatch('v1', { rowCount: 0 }))).toEqual([])
  })
})

describe('no scores are given', () => {
  it('when the batch lacks features, which are named', async () => {
    const batch = await casesBatch('v1', { versionId: await idOf('v2') })
    expect(await models.port.scoreUplift(batch)).toEqual({
      kind: 'missing-features',
      names: ['last_contact_days', 'tree_cover_pct'],
    })
  })

  it('for a version of another company, though its pair is in memory', async () => {
    await scoresOf(await casesBatch('v1'))
    const batch = await casesBatch('v1', { tenantId: await models.tenant() })
    expect(await models.port.scoreUplift(batch)).toEqual({ kind: 'unknown-version' })
  })

  it.each(['', 'v1', `mdl_${'0'.repeat(32)}`, "'; drop table models.artifact"])(
    'for %j, which is no version’s id',
    async (versionId) => {
      expect(await models.port.scoreUplift(await casesBatch('v1', { versionId }))).toEqual({
        kind: 'unknown-version',
      })
    },
  )

  it('for a batch that is no table', async () => {
    const { features, columns, rowCount } = referenceCases('v1')
    const broken: Partial<ScoringBatch>[] = [
      { rowCount: rowCount + 1 },
      { rowCount: -1 },
      { names: features.map(() => features[0]!) },
      { columns: columns.slice(1) },
    ]
    for (const change of broken) {
      await expect(models.port.scoreUplift(await casesBatch('v1', change))).rejects.toMatchObject({
        name: 'Fault',
        code: 'INTERNAL',
      })
    }
  })
})
