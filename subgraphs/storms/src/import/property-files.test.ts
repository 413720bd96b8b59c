import { describe, expect, it } from 'vitest'
import { csvSource, readAll } from './csv-source.fixture.ts'
import { ImportFault } from './import-fault.ts'
import type { ImportLimits } from './import-limits.ts'
import { readProperties } from './read-properties.ts'

const faultOf = async (source: AsyncIterable<Uint8Array>, limits?: ImportLimits): Promise<ImportFault> => {
  const error: unknown = await readAll(readProperties(source, limits)).catch((fault: unknown) => fault)
  if (error instanceof ImportFault) return error
  throw new Error('The file was read without a fault', { cause: error })
}

const faultIn = (content: string | Uint8Array, limits?: ImportLimits): Promise<ImportFault> =>
  faultOf(csvSource(content), limits)

/** Counts what is pulled out of it. */
const countedSource = (chunk: (index: number) => Uint8Array, chunks: number) => {
  const state = { pulled: 0, closed: false }
  const source = async function* (): AsyncGenerator<Uint8Array> {
    try {
      while (state.pulled < chunks) yield chunk(state.pulled++)
    } finally {
      state.closed = true
    }
  }
  return { state, source: source() }
}

describe('a file that cannot be read as a whole', () => {
  it.each([
    ['has no bytes', ''],
    ['has blank lines only', '\n\r\n  \n'],
    ['has a byte-order mark only', '\ufeff'],
  ])('is EMPTY when it %s', async (_, content) => {
    expect((await faultIn(content)).code).toBe('EMPTY')
  })

  it('is no fault when it has a header and no rows', async () => {
    const { tally } = await readAll(readProperties(csvSource('external_id,zip\n')))
    expect(tally).toEqual({ accepted: 0, rejected: 0, ignoredColumns: [] })
  })

  it('is BINARY at the first chunk with a zero byte', async () => {
    const { state, source } = countedSource(() => Buffer.from([0x89, 0x50, 0, 1]), 1_000)
    expect((await faultOf(source)).code).toBe('BINARY')
    expect(state).toEqual({ pulled: 1, closed: true })
  })

  it('names an Excel workbook as such', async () => {
    const fault = await faultIn(Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000'))
    expect(fault.message).toContain('Excel workbook')
  })

  it('is NOT_UTF8 when it is UTF-16, or its first line is in another encoding', async () => {
    const utf16 = await faultIn(Buffer.from('\ufeffexternal_id\nA\n', 'utf16le'))
    expect([utf16.code, utf16.facts['encoding']]).toEqual(['NOT_UTF8', 'UTF-16'])
    const latin1 = Buffer.from('external_id;stra\u00dfe\nA;b\n', 'latin1')
    expect((await faultIn(latin1)).code).toBe('NOT_UTF8')
  })

  it('lacks the column for the external id', async () => {
    const fault = await faultIn('address,zip\nx,1\n')
    expect(fault.code).toBe('MISSING_COLUMNS')
    expect(fault.facts).toEqual({ missing: ['external_id'], found: ['address', 'zip'] })
  })

  it('names a column twice', async () => {
    const fault = await faultIn('external_id,Hail Max In,hail_max_in\nA,1,2\n')
    expect([fault.code, fault.facts['duplicates']]).toEqual(['DUPLICATE_COLUMNS', ['hail_max_in']])
  })

  it('is larger than allowed', async () => {
    const fault = await faultIn(`id\n${'1\n'.repeat(100)}`, { maxBytes: 50 })
    expect([fault.code, fault.facts['maxBytes']]).toEqual(['TOO_LARGE', 50])
  })

  it('ends inside a quote, and the fault names the line on which that record starts', async () => {
    const fault = await faultIn('id,address\n1,"a\nb"\n2,ok\n3,"never closed\n4,x\n')
    expect([fault.code, fault.facts['line']]).toEqual(['UNCLOSED_QUOTE', 5])
    expect((await faultIn('"id,address\n1,x\n')).code).toBe('UNCLOSED_QUOTE')
  })
})

describe('a file that would fill the memory', () => {
  const MEGABYTE = 1024 ** 2
  it.each([
    ['has no line break at all', 'x', ''],
    ['never closes a quote', 'a,b,c\n', 'id,address,zip\n1,"'],
    ['has one line of nothing but delimiters', ',', 'id,address\n'],
    ['has a header without end', 'column,', ''],
  ])('is refused within 256 KB when it %s', async (_, repeated, start) => {
    const chunk = Buffer.from(repeated.repeat(Math.ceil(16_384 / repeated.length)))
    const { state, source } = countedSource(
      (index) => (index === 0 ? Buffer.from(start + chunk.toString()) : chunk),
      (1024 * MEGABYTE) / chunk.length,
    )
    const fault = await faultOf(source)
    expect(fault.code).toBe('LINE_TOO_LONG')
    expect(state.pulled).toBeLessThanOrEqual(16)
    expect(state.closed).toBe(true)
  })

  it('is refused as early when it arrives as one chunk', async () => {
    const fault = await faultOf(csvSource(Buffer.alloc(64 * MEGABYTE, 'x'), 64 * MEGABYTE))
    expect(fault.code).toBe('LINE_TOO_LONG')
  })
})

describe('300,000 properties', () => {
  const ROWS_PER_CHUNK = 250
  const CHUNKS = 1_200
  const BATCH_ROWS = 1_000
  const HEADER = 'external_id,address,zip,hail_max_in,wind_gust_mph,home_value_k\n'
  const chunkOf = (index: number): Uint8Array => {
    const rows = Array.from({ length: ROWS_PER_CHUNK }, (_, row) => {
      const n = index * ROWS_PER_CHUNK + row
      return `P-${n},${n} Example Hail Ln,75${String(n % 1_000).padStart(3, '0')},1.25,60.5,310\n`
    })
    return Buffer.from((index === 0 ? HEADER : '') + rows.join(''))
  }

  it('come in batches of 1,000, and the source is never read further than the batch needs', async () => {
    const { state, source } = countedSource(chunkOf, CHUNKS)
    let rows = 0
    let furthestAhead = 0
    for await (const batch of readProperties(source)) {
      expect(batch.accepted.length + batch.rejected.length).toBeLessThanOrEqual(BATCH_ROWS)
      rows += batch.accepted.length
      furthestAhead = Math.max(furthestAhead, state.pulled * ROWS_PER_CHUNK - rows)
    }
    expect(rows).toBe(CHUNKS * ROWS_PER_CHUNK)
    // What is left over of the chunk that filled the batch, and no more.
    expect(furthestAhead).toBeLessThanOrEqual(ROWS_PER_CHUNK)
  })

  it('are left alone once nobody asks for more', async () => {
    const { state, source } = countedSource(chunkOf, CHUNKS)
    for await (const batch of readProperties(source)) {
      expect(batch.accepted).toHaveLength(BATCH_ROWS)
      break
    }
    expect(state.pulled).toBeLessThanOrEqual(BATCH_ROWS / ROWS_PER_CHUNK + 1)
    expect(state.closed).toBe(true)
  })
})
