/** Of every schema but the chassis's own, which comes first. */
import { migrations as billing } from '@stormops/billing/migrations'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { migrations as models } from '@stormops/models/migrations'
import { migrations as operations } from '@stormops/operations/migrations'
import { migrations as slos } from '@stormops/slos/migrations'
import { migrations as storms } from '@stormops/storms/migrations'
import { migrations as tenancy } from '@stormops/tenancy/migrations'

export const MIGRATIONS: readonly MigrationSource[] = [tenancy, billing, models, slos, storms, operations]
