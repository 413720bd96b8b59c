import { defineEntity, p } from '@mikro-orm/core'
import { tenantRowSecurity } from '@stormops/chassis/database/tenant-entity'
import type { PilotDesign, PilotMeasurements, PolicyMode } from '../domain/pilot-measurements.ts'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotStatus } from '../domain/pilot.ts'
import type { ImportStatus } from '../domain/property-import.ts'
import type { Suppression } from '../domain/property.ts'
import type { StormStatus } from '../domain/storm.ts'

export const StormEntity = defineEntity({
  name: 'Storm',
  schema: 'storms',
  tableName: 'storm',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    eventId: p.text(),
    name: p.text(),
    status: p.text().$type<StormStatus>(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    salt: p.text(),
    createdAt: p.datetime(),
    modelVersionId: p.uuid().nullable(),
    modelVersion: p.text().nullable(),
    policyMode: p.text().$type<PolicyMode>().nullable(),
    policyAppliedAt: p.datetime().nullable(),
    capacityCut: p.double().$type<number>().nullable(),
  },
  ...tenantRowSecurity,
})

export const PropertyEntity = defineEntity({
  name: 'Property',
  schema: 'storms',
  tableName: 'property',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    stormId: p.uuid(),
    externalId: p.text(),
    address: p.text().nullable(),
    city: p.text().nullable(),
    state: p.text().nullable(),
    zip: p.text().nullable(),
    persona: p.text().nullable(),
    ownerName: p.text().nullable(),
    ownerPhone: p.text().nullable(),
    ownerEmail: p.text().nullable(),
    suppressed: p.text().$type<Suppression>().nullable(),
  },
  ...tenantRowSecurity,
})

export const PropertyImportEntity = defineEntity({
  name: 'PropertyImport',
  schema: 'storms',
  tableName: 'property_import',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    stormId: p.uuid(),
    status: p.text().$type<ImportStatus>(),
    rowsAccepted: p.integer(),
    rowsRejected: p.integer(),
    duplicates: p.integer(),
    alreadyThere: p.integer(),
    fault: p.text().nullable(),
    createdAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
  ...tenantRowSecurity,
})

export const UploadEntity = defineEntity({
  name: 'Upload',
  schema: 'storms',
  tableName: 'upload',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    expiresAt: p.datetime(),
  },
  ...tenantRowSecurity,
})

export const PilotEntity = defineEntity({
  name: 'Pilot',
  schema: 'storms',
  tableName: 'pilot',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    kind: p.text().$type<'POLICY' | 'IMPORTED'>(),
    name: p.text(),
    stormId: p.uuid().nullable(),
    status: p.text().$type<PilotStatus>(),
    design: p.json<PilotDesign>(),
    measurements: p.json<PilotMeasurements>().nullable(),
    report: p.json<PilotReport>().nullable(),
    inputHash: p.text().nullable(),
    pdfSha256: p.text().nullable(),
    startedAt: p.datetime(),
    completedAt: p.datetime().nullable(),
  },
  ...tenantRowSecurity,
})

export const entities = [StormEntity, PropertyEntity, PropertyImportEntity, UploadEntity, PilotEntity]
