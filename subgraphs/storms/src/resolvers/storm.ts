import { connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { stormIds } from '../context.ts'
import { treatShare } from '../domain/applied-counts.ts'
import type { AppliedCounts } from '../domain/applied-counts.ts'
import { conversionOf } from '../domain/conversion.ts'
import { dataHealth } from '../domain/data-health.ts'
import type { Storm } from '../domain/storm.ts'
import { driftOf } from '../domain/uplift-drift.ts'
import type { StormResolvers } from '../generated/resolvers.ts'

export const stormResolvers: FieldsBeyond<Storm, StormResolvers> = {
  __resolveReference: async (reference, context) => {
    const id = stormIds.decode(reference.id)
    return id === null ? null : context.stormById.load(id)
  },
  id: ({ id }) => stormIds.encode(id),
  propertyCount: async ({ id }, _arguments, context) => (await context.propertyCountByStorm.load(id)) ?? 0,
  policy: async ({ id, policyMode, policyAppliedAt }, _arguments, context) => {
    if (policyMode === null || policyAppliedAt === null) return null
    const counts = (await context.countsByStorm.load(id)) ?? NO_COUNTS
    return {
      mode: policyMode,
      appliedAt: policyAppliedAt,
      frozen: counts.frozen,
      decisions: decisionCounts(counts),
    }
  },
  properties: async ({ id }, { first, after, decision }, { read }) => {
    const page = pageRequest(first, after, 'text')
    const properties = await read((stores) => stores.properties.page(id, page, decision ?? null))
    return connectionOf(
      properties,
      page,
      ({ externalId }) => externalId,
      (property) => property,
    )
  },
  dataHealth: async ({ id, modelVersion }, _arguments, { read }) => {
    const health = dataHealth(await read((stores) => stores.health.counts(id)), modelVersion !== null)
    return health === null ? null : { ...health, checks: [...health.checks] }
  },
  conversion: async ({ id, capacityCut, endsAt }, _arguments, { read }) => {
    const { primary } = await read((stores) => stores.measurements.ofStorm(id, 'UTC', capacityCut, endsAt))
    return conversionOf(primary)
  },
  upliftDistribution: async ({ id, modelVersionId }, _arguments, { read, ports }) => {
    return read(async (stores, tx) => {
      const spread = await stores.scores.spread(id)
      if (spread === null) return null
      const active = await ports.models.activeUpliftModel(tx.tenantId)
      // The reference belongs to the version that scored the storm; another version's would say nothing.
      const reference = active?.versionId === modelVersionId ? (active?.reference ?? null) : null
      const counts = reference === null ? null : await stores.scores.countsBetween(id, reference.cutPoints)
      const drift = driftOf(
        spread.scored,
        spread.mean,
        counts === null || reference === null ? null : { counts, referenceN: reference.n },
      )
      return { ...spread, ...drift }
    })
  },
}

const NO_COUNTS: AppliedCounts = { treat: 0, hold: 0, excluded: 0, frozen: false }

export const decisionCounts = (counts: Pick<AppliedCounts, 'treat' | 'hold' | 'excluded'>) => ({
  treat: counts.treat,
  hold: counts.hold,
  excluded: counts.excluded,
  treatShare: treatShare(counts),
})
