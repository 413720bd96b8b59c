import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exampleOperations } from './example-operations.ts'

describe('example operations', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-examples-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('are those of the folder and its groups, without the schema that lies there as well', () => {
    mkdirSync(join(directory, 'staff'))
    const operation = 'query Tenants { ...all }\nfragment all on Query { tenants { __typename } }'
    writeFileSync(join(directory, 'staff', 'tenants.graphql'), operation)
    writeFileSync(join(directory, 'who.graphql'), 'query Who { viewer { roles } }')
    writeFileSync(join(directory, 'job.graphql'), 'type Job { id: ID! }')
    expect(exampleOperations(directory)).toEqual([
      { name: 'Tenants', group: 'staff', query: operation },
      { name: 'Who', group: '', query: 'query Who { viewer { roles } }' },
    ])
  })

  it('are none where there is no folder', () => {
    expect(exampleOperations(join(directory, 'nowhere'))).toEqual([])
  })
})
