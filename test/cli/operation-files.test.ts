import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '@stormops/chassis/values/canonical'
import { batchesOf, readOperations } from '@stormops/cli/operation-files'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const WHO = 'query Who { viewer { actor { id } } }'
const STORMS = 'query Storms { storms { edges { node { id } } } }'
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
const published = (document: string, file: string, givenId: string | null = null) => ({
  id: `sha256:${sha256Hex(document)}`,
  document,
  file,
  givenId,
})

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'stormops-operations-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const write = (name: string, content: unknown): string => {
  const file = join(directory, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const apollo = (operations: readonly { readonly id: string; readonly body: string }[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: operations.map((operation) => ({ ...operation, name: 'Some', type: 'query' })),
})

describe('operations to publish', () => {
  it('are read from the manifest of codegen’s client preset', () => {
    const file = write('persisted-documents.json', {
      [sha256Hex(WHO)]: WHO,
      [`sha256:${sha256Hex(STORMS)}`]: STORMS,
    })
    expect(readOperations(file)).toEqual([published(WHO, file), published(STORMS, file)])
  })

  it('are told apart when the preset hashed them with SHA-1, which is its default', () => {
    const file = write('sha1.json', { [sha1(WHO)]: WHO })
    expect(readOperations(file)).toEqual([published(WHO, file, sha1(WHO))])
  })

  it('are read from the manifest of Apollo’s generator', () => {
    const file = write(
      'manifest.json',
      apollo([
        { id: sha256Hex(WHO), body: WHO },
        { id: 'storms-1', body: STORMS },
      ]),
    )
    expect(readOperations(file)).toEqual([published(WHO, file), published(STORMS, file, 'storms-1')])
  })

  it('are read from documents and from folders of them, in the order of names', () => {
    const folder = join(directory, 'documents')
    const storms = write('documents/b/storms.graphql', STORMS)
    const who = write('documents/a.gql', WHO)
    write('documents/read.me', 'not one')
    expect(readOperations(who)).toEqual([published(WHO, who)])
    expect(readOperations(folder)).toEqual([published(WHO, who), published(STORMS, storms)])
  })

  it.each([
    ['no JSON', 'query Who'],
    ['a list', [WHO]],
    ['a manifest of another version', { ...apollo([]), version: 2 }],
    ['a manifest of somebody else', { format: 'relay', operations: [] }],
  ])('are not read from %s', (_what, content) => {
    expect(() => readOperations(write('odd.json', content))).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    )
  })

  it('are not read from where nothing is', () => {
    expect(() => readOperations(join(directory, 'nothing.json'))).toThrow('There is no file')
  })

  it('go in as few requests as fit', () => {
    const small = Array.from({ length: 1_001 }, (_, place) => published(`query Q${place} { a }`, 'file'))
    expect(batchesOf(small).map(({ length }) => length)).toEqual([500, 500, 1])
    const large = Array.from({ length: 5 }, (_, place) =>
      published(`query Q${place} { a } #${'x'.repeat(400_000)}`, 'file'),
    )
    expect(batchesOf(large).map(({ length }) => length)).toEqual([2, 2, 1])
    expect(batchesOf([])).toEqual([])
  })
})
