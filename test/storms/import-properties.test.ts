import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvPieces } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import {
  CREATE_UPLOAD,
  createStorm,
  IMPORT,
  importCsv,
  move,
  propertiesOf,
  put,
  upload,
} from './storm-builders.ts'

let world: World
let tenant: TestTenant
let owner: Client
beforeAll(async () => {
  world = await openWorld()
  tenant = await world.tenant()
  owner = tenant.as('OWNER')
})
afterAll(() => world.close())

const countOf = async (stormId: string): Promise<number> =>
  (await owner.data(`query ($id: ID!) { storm(id: $id) { propertyCount } }`, { id: stormId })).storm
    .propertyCount

const IMPORT_STATE = `query ($id: ID!, $first: Int, $after: Int) {
  propertyImport(id: $id) { status rowsAccepted rowsRejected fault endedAt rejections(first: $first, afterLine: $after) { line reason } }
}`

/** Follows an import until it has ended. */
const ended = async (id: string): Promise<any> => {
  const end = performance.now() + 60_000
  for (;;) {
    const { propertyImport } = await owner.data(IMPORT_STATE, { id })
    if (propertyImport.endedAt !== null) return propertyImport
    if (performance.now() > end) throw new Error(`The import hangs: ${JSON.stringify(propertyImport)}`)
  }
}

const sent = async (stormId: string, uploadId: string): Promise<any> =>
  (await owner.data(IMPORT, { input: { stormId, uploadId } })).importProperties

describe('reading properties from a text', () => {
  it.each([
    ['line feeds', 'external_id,city\na,Dallas\nb,Waco\n'],
    ['carriage returns too', 'external_id,city\r\na,Dallas\r\nb,Waco\r\n'],
    ['a byte-order mark', '\uFEFFexternal_id,city\na,Dallas\nb,Waco'],
    ['quotes', '"external_id","city"\n"a","Dallas"\n"b","Waco"\n'],
    ['semicolons', 'external_id;city\na;Dallas\nb;Waco'],
    ['other names and capitals', 'Property-ID,CITY,Our Own Column\na,Dallas,1\nb,Waco,2'],
  ])('takes a file with %s', async (_what, csv) => {
    const stormId = await createStorm(owner)
    expect(await importCsv(owner, stormId, csv)).toMatchObject({
      __typename: 'ImportPropertiesSuccess',
      import: { status: 'COMPLETED', rowsAccepted: 2, rowsRejected: 0, fault: null, rejections: [] },
    })
    const { storm } = await owner.data(
      `query ($id: ID!) { storm(id: $id) { properties { edges { node { externalId city } } } } }`,
      { id: stormId },
    )
    expect(storm.properties.edges.map((edge: any) => edge.node)).toEqual([
      { externalId: 'a', city: 'Dallas' },
      { externalId: 'b', city: 'Waco' },
    ])
  })

  it('keeps commas, quotes and line breaks inside quotes', async () => {
    const stormId = await createStorm(owner)
    await importCsv(
      owner,
      stormId,
      'external_id,address,owner_name\na,"1 ""Big"" St, Unit 2\nBack","O\'Hara"\n',
    )
    const { storm } = await owner.data(
      `query ($id: ID!) { storm(id: $id) { properties { edges { node { address owner { name phone } } } } } }`,
      { id: stormId },
    )
    expect(storm.properties.edges[0].node).toEqual({
      address: '1 "Big" St, Unit 2\nBack',
      owner: { name: "O'Hara", phone: null },
    })
  })

  it('keeps the good lines and says of each bad one where and why', async () => {
    const stormId = await createStorm(owner)
    const answer = await importCsv(
      owner,
      stormId,
      [
        'external_id,hail_max_in,suppressed',
        'a,1.5,',
        'b,80,',
        ',1,',
        'a,2,',
        'c,1,sometimes',
        'd,x,',
        'e,1,opt-out',
        'f,1',
      ].join('\n'),
    )
    expect(answer.import).toMatchObject({ status: 'COMPLETED', rowsAccepted: 2, rowsRejected: 6 })
    expect(answer.import.rejections).toEqual([
      { line: 3, reason: 'hail_max_in must be between 0 and 10, but is 80' },
      { line: 4, reason: 'external_id is empty' },
      { line: 5, reason: "external_id 'a' was already on line 2" },
      {
        line: 6,
        reason: "suppressed must be OPT_OUT, DUPLICATE, OUTSIDE_SWATH or empty, but is 'sometimes'",
      },
      { line: 7, reason: "hail_max_in must be a number, but is 'x'" },
      { line: 9, reason: 'The line has 2 values where the header has 3' },
    ])
    expect((await propertiesOf(owner, stormId)).map(({ externalId }) => externalId)).toEqual(['a', 'e'])
  })

  it('refuses what the storm has already, by line, and takes the rest', async () => {
    const stormId = await createStorm(owner)
    await importCsv(owner, stormId, 'external_id,city\na,Dallas\nb,Waco')
    const again = await importCsv(owner, stormId, 'external_id,city\nc,Austin\nb,Paris\na,Rome')
    expect(again.import).toMatchObject({
      rowsAccepted: 1,
      rowsRejected: 2,
      rejections: [
        { line: 3, reason: "external_id 'b' is in this storm already" },
        { line: 4, reason: "external_id 'a' is in this storm already" },
      ],
    })
    expect(await countOf(stormId)).toBe(3)
  })

  it('takes the same external id in another storm', async () => {
    const [one, other] = [await createStorm(owner), await createStorm(owner)]
    await importCsv(owner, one, 'external_id\na')
    expect((await importCsv(owner, other, 'external_id\na')).import.rowsAccepted).toBe(1)
  })

  it.each([
    ['EMPTY', 'nothing', ''],
    ['MISSING_COLUMNS', 'no external_id', 'address,city\n1 St,Waco'],
    ['MISSING_COLUMNS', 'no header', 'a,1.5\nb,1.2'],
    ['DUPLICATE_COLUMNS', 'a column twice', 'external_id,city,City\na,b,c'],
    ['BINARY', 'zero bytes', 'external_id\na\u0000b'],
    ['UNCLOSED_QUOTE', 'an open quote', 'external_id,city\na,Dallas\nb,"Waco'],
  ])('refuses as %s a file with %s, and keeps nothing of it', async (code, _what, csv) => {
    const stormId = await createStorm(owner)
    const answer = await importCsv(owner, stormId, csv)
    expect(answer).toMatchObject({ __typename: 'FileRefused', code })
    expect(answer.message.length).toBeGreaterThan(20)
    expect(await countOf(stormId)).toBe(0)
  })

  it('keeps nothing of a long file whose last line opens a quote that never closes', async () => {
    const stormId = await createStorm(owner)
    const lines = Array.from({ length: 3_500 }, (_, n) => `r-${n},Dallas`)
    const answer = await importCsv(owner, stormId, ['external_id,city', ...lines, 'last,"Waco'].join('\n'))
    expect(answer).toMatchObject({ __typename: 'FileRefused', code: 'UNCLOSED_QUOTE' })
    expect(await countOf(stormId)).toBe(0)
  })

  it.each([
    ['both', { csv: 'external_id\na', uploadId: 'upl_00000000000000000000000000000000' }],
    ['neither', {}],
  ])('wants either a text or an upload, and gets %s', async (_what, source) => {
    const stormId = await createStorm(owner)
    const { importProperties } = await owner.data(IMPORT, { input: { stormId, ...source } })
    expect(importProperties).toMatchObject({ __typename: 'InvalidInput', field: 'csv' })
  })

  it('shows refused lines page by page in the order of the file', async () => {
    const stormId = await createStorm(owner)
    const bad = Array.from({ length: 2_500 }, (_, n) => `p-${n},99`)
    const answer = await importCsv(owner, stormId, ['external_id,hail_max_in', ...bad, 'good,1'].join('\n'))
    expect(answer.import).toMatchObject({ rowsAccepted: 1, rowsRejected: 2_500 })
    const lines: number[] = []
    for (let after = 0; ; after = lines.at(-1) ?? 0) {
      const { propertyImport } = await owner.data(IMPORT_STATE, { id: answer.import.id, first: 700, after })
      if (propertyImport.rejections.length === 0) break
      lines.push(...propertyImport.rejections.map(({ line }: { line: number }) => line))
    }
    expect(lines).toEqual(Array.from({ length: 2_500 }, (_, n) => n + 2))
    const { errors } = await owner.send(IMPORT_STATE, { id: answer.import.id, first: 1_001, after: 0 })
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT')
  })
})

describe('reading properties from an upload', () => {
  it('goes from the place to the file to the import', async () => {
    const stormId = await createStorm(owner)
    const uploadId = await upload(owner, 'external_id,hail_max_in\na,1\nb,99\n')
    const answer = await sent(stormId, uploadId)
    expect(answer.__typename).toBe('ImportPropertiesSuccess')
    expect(await ended(answer.import.id)).toMatchObject({
      status: 'COMPLETED',
      rowsAccepted: 1,
      rowsRejected: 1,
      fault: null,
      rejections: [{ line: 3 }],
    })
    expect(await countOf(stormId)).toBe(1)
  })

  it('takes a file once; the place keeps the first', async () => {
    const stormId = await createStorm(owner)
    const { createUpload } = await owner.data(CREATE_UPLOAD)
    expect((await put(createUpload.upload.url, 'external_id\nfirst')).status).toBe(201)
    const second = await put(createUpload.upload.url, 'external_id\nsecond')
    expect(second.status).toBe(400)
    await second.text()
    await ended((await sent(stormId, createUpload.upload.id)).import.id)
    expect((await propertiesOf(owner, stormId)).map(({ externalId }) => externalId)).toEqual(['first'])
  })

  it('refuses an address that was tampered with', async () => {
    const { createUpload } = await owner.data(CREATE_UPLOAD)
    const url: string = createUpload.upload.url
    const last = url.at(-3) === 'A' ? 'B' : 'A'
    const response = await put(url.slice(0, -3) + last + url.slice(-2), 'external_id\na')
    expect(response.status).toBe(404)
    await response.text()
    const download = await fetch(url.replace('/uploads/', '/files/'))
    expect(download.status).toBe(404)
    await download.text()
  })

  it('says that an upload has no file yet', async () => {
    const stormId = await createStorm(owner)
    const { createUpload } = await owner.data(CREATE_UPLOAD)
    expect(await sent(stormId, createUpload.upload.id)).toMatchObject({
      __typename: 'InvalidInput',
      field: 'uploadId',
    })
  })

  it('says why a file was refused, and keeps nothing of it', async () => {
    const stormId = await createStorm(owner)
    const lines = Array.from({ length: 2_500 }, (_, n) => `r-${n},Dallas`)
    const uploadId = await upload(owner, ['external_id,city', ...lines, 'bad line', 'last,"Waco'].join('\n'))
    const { import: begun } = await sent(stormId, uploadId)
    expect(await ended(begun.id)).toMatchObject({
      status: 'REFUSED',
      rowsAccepted: 0,
      rowsRejected: 0,
      rejections: [],
      fault: expect.stringContaining('never closed'),
    })
    expect(await countOf(stormId)).toBe(0)
  })

  it('refuses the file when the work was done before the import’s turn came', async () => {
    const stormId = await createStorm(owner)
    await move(owner, stormId, 'activateStorm')
    await move(owner, stormId, 'completeStorm')
    const uploadId = await upload(owner, 'external_id\na')
    expect((await sent(stormId, uploadId)).__typename).toBe('WrongStormStatus')
  })

  it('reads 100,000 lines, as they come, in bounded memory', async () => {
    const stormId = await createStorm(owner)
    const { createUpload } = await owner.data(CREATE_UPLOAD)
    const pieces = csvPieces(syntheticStorm({ seed: 'large', storm: 'dfw', properties: 100_000 }))
    const response = await fetch(createUpload.upload.url, {
      method: 'PUT',
      body: ReadableStream.from(texts(pieces)),
      duplex: 'half',
    })
    const { bytes } = (await response.json()) as { bytes: number }
    expect(response.status).toBe(201)
    expect(bytes).toBeGreaterThan(8_000_000)
    const before = process.memoryUsage.rss()
    const { import: begun } = await sent(stormId, createUpload.upload.id)
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
    const seen = await ended(begun.id)
    clearInterval(watch)
    expect(seen).toMatchObject({ status: 'COMPLETED', rowsAccepted: 100_000, rowsRejected: 0 })
    expect(await countOf(stormId)).toBe(100_000)
    // Rows as objects would take some 60 MB on top of the garbage that a collection leaves until it has to run.
    expect(most - before).toBeLessThan(200_000_000)
  })
})

const texts = async function* (pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece)
}
