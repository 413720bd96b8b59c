import { describe, expect, it } from 'vitest'
import { csvSource, readAll } from './csv-source.fixture.ts'
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import { readProperties } from './read-properties.ts'

const read = (content: string | Uint8Array, chunkBytes?: number) =>
  readAll(readProperties(csvSource(content, chunkBytes)))

const HEADER = `external_id,address,zip,suppressed,latitude,${FEATURE_COLUMNS.join(',')}`
const aLine = (cells: Record<string, string> = {}): string =>
  HEADER.split(',')
    .map((name) => cells[name] ?? (name === 'external_id' ? 'P-1' : ''))
    .join(',')

describe('a list of properties', () => {
  it('becomes rows with features in the order of the models, whatever the order of the columns', async () => {
    const { accepted, rejected, tally } = await read(
      'Hail Max In,ZIP,property-id,Owner Occupied,colour,address,owner_name,suppressed,longitude\n' +
        '1.75,01234,P-1,yes,red,"12 Oak St, Unit 3",Ann Roe,opt-out,-96.8\n',
    )
    expect(rejected).toEqual([])
    expect(accepted).toEqual([
      {
        externalId: 'P-1',
        address: '12 Oak St, Unit 3',
        city: null,
        state: null,
        zip: '01234',
        persona: null,
        ownerName: 'Ann Roe',
        ownerPhone: null,
        ownerEmail: null,
        latitude: null,
        longitude: -96.8,
        suppressed: 'OPT_OUT',
        features: [null, 1.75, null, null, null, null, null, 1, null, null],
      },
    ])
    expect(tally).toEqual({ accepted: 1, rejected: 0, ignoredColumns: ['colour'] })
  })

  it('needs nothing but an external id', async () => {
    const { accepted } = await read('id\n7\n8')
    expect(accepted.map((row) => row.externalId)).toEqual(['7', '8'])
    expect(accepted[0]?.features).toEqual(FEATURE_COLUMNS.map(() => null))
  })

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['commas', ','],
  ])('may be separated by %s', async (_, delimiter) => {
    const { accepted } = await read(`external_id${delimiter}hail_max_in\nP-1${delimiter}2\nP-2${delimiter}1`)
    expect(accepted.map((row) => row.features[1])).toEqual([2, 1])
  })

  it('is not misled by a delimiter inside a quoted column name', async () => {
    const { accepted, tally } = await read('external_id;"a,b,c,d";zip\nP-1;x;75001\n')
    expect(accepted[0]?.zip).toBe('75001')
    expect(tally.ignoredColumns).toEqual(['a,b,c,d'])
  })

  it.each([
    ['Unix', '\n'],
    ['Windows', '\r\n'],
    ['old Mac', '\r'],
  ])(
    'may have %s line ends, a byte-order mark, quotes in quotes and blank lines at its end',
    async (_, end) => {
      const lines = [
        '\ufeffexternal_id,address,city',
        'P-1,"The ""Barn""",Übach',
        'P-2,x,y',
        'P-3,,,,',
        '',
        ',,',
        '',
      ]
      const { accepted, rejected } = await read(lines.join(end))
      expect(accepted.map((row) => [row.externalId, row.address, row.city])).toEqual([
        ['P-1', 'The "Barn"', 'Übach'],
        ['P-2', 'x', 'y'],
      ])
      expect(rejected).toEqual([{ line: 4, reason: 'The line has 5 values where the header has 3' }])
    },
  )

  it.each([
    ['Unix', '\n'],
    ['Windows', '\r\n'],
  ])('numbers lines as an editor does, also after quoted %s line breaks', async (_, end) => {
    const lines = [
      '',
      'external_id,address,zip',
      'P-1,"a',
      '',
      'b",75001',
      'P-2,x',
      'P-3,"c',
      'd"',
      'P-4,y,1',
    ]
    for (const chunkBytes of [1, 7, 1_000]) {
      const { accepted, rejected } = await read(lines.join(end), chunkBytes)
      expect(accepted.map((row) => row.address)).toEqual([`a${end}${end}b`, 'y'])
      expect(rejected.map((rejection) => rejection.line)).toEqual([6, 7])
    }
  })

  it('keeps inch marks inside a value', async () => {
    const { accepted } = await read('id,address\n1,6" Gutter Ln\n2,x"y"z\n')
    expect(accepted.map((row) => row.address)).toEqual(['6" Gutter Ln', 'x"y"z'])
  })

  it('loses one record to a quote that is closed on a later line, and says so', async () => {
    const lines = [
      'id,address,zip',
      'P-1,"oak st,1',
      'P-2,"elm st",2',
      'P-3,"ash, st,3',
      'P-4,"fir", 4',
      'P-5,,5',
    ]
    const { accepted, rejected } = await read(lines.join('\n'))
    expect(accepted.map((row) => row.externalId)).toEqual(['P-5'])
    expect(rejected.map((rejection) => rejection.line)).toEqual([2, 4])
    expect(rejected[0]?.reason).toMatch(/runs over 2 lines: a quote \("\) is probably not closed/)
  })

  it.each([
    [{ hail_max_in: 'abc' }, 'hail_max_in', "hail_max_in must be a number, but is 'abc'"],
    [{ hail_max_in: '0x1F' }, 'hail_max_in', "hail_max_in must be a number, but is '0x1F'"],
    [{ hail_max_in: 'Infinity' }, 'hail_max_in', "hail_max_in must be a number, but is 'Infinity'"],
    [{ hail_max_in: '-1' }, 'hail_max_in', 'hail_max_in must be between 0 and 10, but is -1'],
    [{ wind_gust_mph: '900' }, 'wind_gust_mph', 'wind_gust_mph must be between 0 and 300, but is 900'],
    [{ prior_claims: '1.5' }, 'prior_claims', 'prior_claims must be a whole number, but is 1.5'],
    [
      { owner_occupied: 'maybe' },
      'owner_occupied',
      "owner_occupied must be 0, 1, true, false, yes or no, but is 'maybe'",
    ],
    [{ latitude: '91' }, 'latitude', 'latitude must be between -90 and 90, but is 91'],
    [{ zip: '75001-1234-999' }, 'zip', 'zip must have at most 12 characters, but has 14'],
    [
      { suppressed: 'please' },
      'suppressed',
      "suppressed must be OPT_OUT, DUPLICATE, OUTSIDE_SWATH or empty, but is 'please'",
    ],
    [{ external_id: ' ', zip: '1' }, 'external_id', 'external_id is empty'],
    [{ external_id: 'a\u0007b' }, 'external_id', "external_id has a control character: 'a?b'"],
    [
      { external_id: 'x'.repeat(201) },
      'external_id',
      'external_id must have at most 200 characters, but has 201',
    ],
  ])('rejects the line of %j', async (cells, field, reason) => {
    const { accepted, rejected } = await read(
      `${HEADER}\n${aLine(cells)}\n${aLine({ external_id: 'good' })}\n`,
    )
    expect(rejected).toEqual([{ line: 2, reason, field }])
    expect(accepted.map((row) => row.externalId)).toEqual(['good'])
  })

  it('says that decimals take a point', async () => {
    const { rejected } = await read('external_id;hail_max_in\nP-1;1,5\n')
    expect(rejected[0]?.reason).toBe("hail_max_in must be a number, but is '1,5' (decimals take a point)")
  })

  it('writes nine digits of ZIP in one way, keeps leading zeros and other postal codes', async () => {
    const { accepted } = await read('id,zip\n1,012345678\n2,01234-5678\n3,SW1A 1AA\n4,00501\n')
    expect(accepted.map((row) => row.zip)).toEqual(['01234-5678', '01234-5678', 'SW1A 1AA', '00501'])
  })

  it('rejects the second line of an external id and names the first', async () => {
    const { accepted, rejected } = await read('id,zip\nA,1\nB,2\nA,3\n')
    expect(accepted.map((row) => row.zip)).toEqual(['1', '2'])
    const reason = "external_id 'A' was already on line 2"
    expect(rejected).toEqual([{ line: 4, reason, field: 'external_id', duplicate: true }])
  })

  it('takes an external id whose first line was rejected', async () => {
    const { accepted, rejected } = await read('id,hail_max_in\nA,x\nA,3\n')
    expect(rejected.map((rejection) => rejection.line)).toEqual([2])
    expect(accepted.map((row) => row.features[1])).toEqual([3])
  })

  it.each([1, 7, 4_096])(
    'rejects only the lines that are not UTF-8 (chunks of %i bytes)',
    async (chunkBytes) => {
      const latin1 = Buffer.from('id,owner_name\n1,Jos\u00e9\n2,Ann\n', 'latin1')
      const bytes = Buffer.concat([latin1, Buffer.from('3,José 🏠\n')])
      const { accepted, rejected } = await read(bytes, chunkBytes)
      expect(accepted.map((row) => row.ownerName)).toEqual(['Ann', 'José 🏠'])
      expect(rejected.map((rejection) => rejection.line)).toEqual([2])
      expect(rejected[0]?.reason).toContain('UTF-8')
    },
  )
})
