import { Writable } from 'node:stream'
import { createLog } from '@stormops/chassis/telemetry/log'
import { describe, expect, it } from 'vitest'

const SECRET = 'hunter2-hunter2'

const logged = (write: (log: ReturnType<typeof createLog>) => void): { text: string; lines: any[] } => {
  const pieces: string[] = []
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      pieces.push(String(chunk))
      done()
    },
  })
  write(createLog('trace', destination))
  const text = pieces.join('')
  return { text, lines: text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])) }
}

const NAMES = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'bearer',
  'apiKey',
  'connectionString',
]

/** `{ a: { b: value } }` for two levels. */
const nested = (value: object, levels: number): object =>
  levels === 0 ? value : { inner: nested(value, levels - 1) }

describe('a line of the log', () => {
  it('holds what it was given, its level in words and its time', () => {
    const { lines } = logged((log) => log.info({ tenantId: 'ten_1' }, 'storm imported'))
    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.+Z$/), tenantId: 'ten_1', msg: 'storm imported' },
    ])
  })

  describe.each([0, 1, 2])('at depth %i', (levels) => {
    it.each(NAMES)('has no %s', (name) => {
      const { text, lines } = logged((log) =>
        log.info(nested({ [name]: SECRET, kept: 'kept' }, levels), 'line'),
      )
      expect(lines).toHaveLength(1)
      expect(text).toContain('kept')
      expect(text).not.toContain(SECRET)
    })
  })

  it.each(['Authorization', 'Cookie', 'ApiKey', 'PASSWORD'])('has no %s in other letters', (name) => {
    expect(logged((log) => log.info({ headers: { [name]: SECRET } })).text).not.toContain(SECRET)
  })

  it('has no secret of a request’s headers, however deep they lie', () => {
    const request = { context: { http: { request: { headers: { authorization: `Bearer ${SECRET}` } } } } }
    expect(logged((log) => log.info(request)).text).not.toContain(SECRET)
  })

  it('has no secret of a list', () => {
    expect(logged((log) => log.info({ given: [{ token: SECRET }] })).text).not.toContain(SECRET)
    expect(logged((log) => log.info({ input: { given: [{ token: SECRET }] } })).text).not.toContain(SECRET)
  })

  it('has no secret that an error carries', () => {
    const error = Object.assign(new Error('refused'), {
      config: { password: SECRET },
      headers: { cookie: SECRET },
    })
    expect(logged((log) => log.error({ err: error })).text).not.toContain(SECRET)
  })

  it('has what an error says and not the things that hang on it', () => {
    class Connection {
      readonly cancelKey = SECRET
    }
    const cause = Object.assign(new Error('gone'), { client: new Connection() })
    const error = Object.assign(new Error('lost', { cause }), { code: '57P01', client: new Connection() })
    const { text, lines } = logged((log) => log.error({ err: error }, 'line'))
    expect(text).not.toContain(SECRET)
    expect(lines[0].err).toEqual({
      type: 'Error',
      message: 'lost: gone',
      stack: expect.stringContaining('gone'),
      code: '57P01',
    })
  })

  it('has no secret of a child’s bindings', () => {
    const { text } = logged((log) => log.child({ request: { authorization: SECRET } }).info('line'))
    expect(text).toContain('line')
    expect(text).not.toContain(SECRET)
  })
})
