import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EntitySchema, ReferenceKind } from '@mikro-orm/core'
import type { EntityMetadata, EntityProperty } from '@mikro-orm/core'
import { readCatalogue } from '@stormops/chassis/database/catalogue-linter-reading'
import type { Catalogue, CatalogueTable } from '@stormops/chassis/database/catalogue-linter-reading'
import { tenantColumn } from '@stormops/chassis/database/catalogue-linter-tables'
import { clientConfig } from '@stormops/chassis/database/connection'
import { CURRENT_TENANT_SQL } from '@stormops/chassis/database/tenant-entity'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

const SCHEMAS = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]
const SUBGRAPHS = resolve(import.meta.dirname, '../../subgraphs')

let database: TestDatabase
let catalogue: Catalogue
let entities: readonly EntityMetadata[]

beforeAll(async () => {
  database = await cloneDatabase()
  const client = new pg.Client(clientConfig(database.owner))
  await client.connect()
  catalogue = await readCatalogue(client, SCHEMAS)
  await client.end()
  const found: EntityMetadata[] = []
  for (const file of globSync('*/src/store/entities.ts', { cwd: SUBGRAPHS })) {
    const module: object = await import(join(SUBGRAPHS, file))
    const schemas = Object.values(module).filter((value) => EntitySchema.is(value))
    // A subgraph opens with its own entities alone, and discovery fills in columns and types.
    const { orm } = await database.open(schemas)
    found.push(...schemas.map((schema) => orm.getMetadata().get(schema.meta.class)))
  }
  entities = found
})
afterAll(() => database.close())

const tableOf = ({ schema, tableName }: EntityMetadata): CatalogueTable | undefined =>
  catalogue.tables.find(({ name }) => name === `${schema ?? ''}.${tableName}`)

/** Types that PostgreSQL prints in more words than the ORM. */
const SAME_TYPE: Readonly<Record<string, string>> = {
  'timestamp with time zone': 'timestamptz',
  integer: 'int',
}

const bareType = (type: string): string => {
  const bare = type.replace(/\(\d+\)/, '')
  return SAME_TYPE[bare] ?? bare
}

const columnsOf = (property: EntityProperty): readonly { readonly name: string; readonly type: string }[] =>
  property.fieldNames.map((name, place) => ({ name, type: property.columnTypes[place] ?? '' }))

const everyColumn = () =>
  entities.flatMap((entity) =>
    entity.props.flatMap((property) =>
      columnsOf(property).map((column) => ({
        entity,
        property,
        name: `${entity.schema ?? ''}.${entity.tableName}.${column.name}`,
        type: column.type,
        stored: tableOf(entity)?.columns.find(({ name }) => name === column.name),
      })),
    ),
  )

describe('entities', () => {
  it('are of tables that the migrations make', () => {
    expect(entities.length).toBeGreaterThan(12)
    expect(entities.filter((entity) => tableOf(entity) === undefined).map(({ name }) => name)).toEqual([])
  })

  it('have no column that the table has not', () => {
    expect(everyColumn().length).toBeGreaterThan(100)
    expect(everyColumn().flatMap(({ name, stored }) => (stored === undefined ? [name] : []))).toEqual([])
  })

  it('give every column the type it has', () => {
    const differing = everyColumn()
      .map(({ name, type, stored }) => ({ name, type: bareType(type), stored: bareType(stored?.type ?? '') }))
      .filter(({ type, stored }) => type !== stored)
      .map(({ name, type, stored }) => `${name} is ${stored}, and its entity says ${type}`)
    expect(differing).toEqual([])
  })

  it('say null where a column may be, and nowhere else', () => {
    const differing = everyColumn()
      .filter(({ property, stored }) => (property.nullable === true) === (stored?.notNull === true))
      .map(({ name }) => name)
    expect(differing).toEqual([])
  })

  it('have the primary key of the table', () => {
    for (const entity of entities) {
      const key = entity.getPrimaryProps().flatMap(({ fieldNames }) => fieldNames)
      const stored = catalogue.uniques.find(
        ({ table, primary }) => primary && table === `${entity.schema ?? ''}.${entity.tableName}`,
      )
      expect([entity.name, key]).toEqual([entity.name, stored?.columns])
    }
  })

  it('of a company force the row security that the table has', () => {
    let checked = 0
    for (const entity of entities) {
      const table = tableOf(entity)
      const column = table === undefined ? null : tenantColumn(table)
      if (column === null) {
        expect([entity.name, entity.rowLevelSecurity ?? false, entity.policies]).toEqual([
          entity.name,
          false,
          [],
        ])
        continue
      }
      checked += 1
      const comparison = `${column} = ${CURRENT_TENANT_SQL}`
      expect([entity.name, entity.rowLevelSecurity]).toEqual([entity.name, 'force'])
      expect(entity.policies).toEqual([
        expect.objectContaining({ name: 'tenant_isolation', using: comparison, check: comparison }),
      ])
      const stored = catalogue.policies.filter(
        ({ table: of, name }) => of === table?.name && name === 'tenant_isolation',
      )
      expect(stored).toHaveLength(1)
    }
    expect(checked).toBeGreaterThan(10)
  })

  it('compare with what chassis.current_tenant() returns', () => {
    const current = catalogue.functions.find(({ name }) => name === 'chassis.current_tenant')
    const bare = (sql: string): string => sql.toLowerCase().replaceAll(/::text|return|[\s()]/g, '')
    expect(bare(current?.body ?? '')).toBe(bare(CURRENT_TENANT_SQL))
  })

  it('relate to each other by columns that carry them', () => {
    const relations = entities.flatMap((entity) =>
      entity.props
        .filter(({ kind }) => kind === ReferenceKind.MANY_TO_ONE)
        .map((property) => ({
          table: `${entity.schema ?? ''}.${entity.tableName}`,
          columns: property.fieldNames,
        })),
    )
    expect(relations.length).toBeGreaterThan(0)
    for (const relation of relations) {
      const keys = catalogue.foreignKeys
        .filter(({ table }) => table === relation.table)
        .map(({ columns }) => columns)
      expect(keys).toContainEqual(relation.columns)
    }
  })
})
