import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRecords } from './csv-records.ts'
import type { CsvRecord } from './csv-records.ts'
import { csvSource } from './csv-source.fixture.ts'

const read = async (content: string | Uint8Array, chunkBytes: number): Promise<CsvRecord[]> => {
  const records: CsvRecord[] = []
  for await (const group of csvRecords(csvSource(content, chunkBytes))) records.push(...group)
  return records
}

/** Lines before this place of the text, as an editor counts them. */
const lineAt = (text: string): number => (text.match(/\r\n|\r|\n/g)?.length ?? 0) + 1

const aValue = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', 'é', '🏠', ' '),
  maxLength: 8,
})

describe('records of a CSV file', () => {
  it('come back as they were written, with the line an editor shows, however the file is cut', async () => {
    const rows = fc.array(fc.tuple(aValue, aValue, aValue), { maxLength: 12 })
    const ends = fc.constantFrom('\n', '\r\n', '\r')
    await fc.assert(
      fc.asyncProperty(
        rows,
        ends,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (values, end, cut, last) => {
          const expected: { line: number; fields: string[] }[] = []
          let text = ''
          for (const fields of [['id', 'one', 'two'], ...values]) {
            expected.push({ line: lineAt(text), fields })
            text += fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',') + end
          }
          const records = await read(last ? text : text.slice(0, -end.length), cut)
          expect(records.map(({ line, fields }) => ({ line, fields }))).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are as many as the lines when line ends are mixed', async () => {
    const records = await read('id\nA\r\nB\rC\n\nD', 1)
    expect(records.map(({ line, fields }) => [line, fields[0]])).toEqual([
      [1, 'id'],
      [2, 'A'],
      [3, 'B'],
      [4, 'C'],
      [5, ''],
      [6, 'D'],
    ])
  })

  it('pass on what made the source fail', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('id\nA\n')
      throw new Error('The upload was cut off')
    }
    const reading = async () => {
      for await (const records of csvRecords(broken())) expect(records.length).toBeGreaterThan(0)
    }
    await expect(reading()).rejects.toThrow('The upload was cut off')
  })
})
