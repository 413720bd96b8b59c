import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PrintError } from './print-error.ts'
import { printInThread } from './printing-thread.ts'
import { typesetter } from './typesetter.ts'

const LETTER = `
#set document(title: "Letter", date: auto)
#set text(font: ("Source Sans 3",), fallback: false, lang: "en")
= Dear #sys.inputs.name
#sys.inputs.at("code", default: "")`

const DAY = new Date('2026-11-30T12:00:00Z')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stormops-typesetter-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (name: string, text: string): URL => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return pathToFileURL(path)
}

/** The failure and the message of what `work` throws. */
const failureOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return error instanceof PrintError
      ? `${error.failure}: ${error.message}`
      : `no print error: ${String(error)}`
  }
}

describe('a printed document', () => {
  it('has the same bytes for the same data and day, and others for others', () => {
    const letter = typesetter(fileOf('letter.typ', LETTER))
    const first = letter.pdf({ name: 'Ann' }, 'ua-1', DAY)
    expect(letter.pdf({ name: 'Ann' }, 'ua-1', DAY)).toEqual(first)
    const others = [
      letter.pdf({ name: 'Bob' }, 'ua-1', DAY),
      letter.pdf({ name: 'Ann' }, 'ua-1', new Date('2026-12-01T12:00:00Z')),
      letter.pdf({ name: 'Ann' }, 'a-3a', DAY),
    ]
    expect(new Set([first, ...others].map(({ sha256 }) => sha256)).size).toBe(4)
  })

  it('says what it conforms to', () => {
    const letter = typesetter(fileOf('letter.typ', LETTER))
    const text = (standard: 'ua-1' | 'a-3a') =>
      Buffer.from(letter.pdf({ name: 'Ann' }, standard, DAY).pdf).toString('latin1')
    expect(text('ua-1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(text('a-3a')).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
  })

  it('takes its data for text', () => {
    const letter = typesetter(fileOf('letter.typ', LETTER))
    const svg = letter.use({ name: '#eval("1/0") $x$', code: '*' }, (typst, main) => typst.svg(main))
    expect(svg).toContain('#eval("1/0") $x$')
  })

  it('is refused when its day is none, or its template does not compile', () => {
    const letter = typesetter(fileOf('letter.typ', LETTER))
    expect(failureOf(() => letter.pdf({ name: 'Ann' }, 'ua-1', new Date('soon')))).toMatch(/^INPUT: /)
    expect(failureOf(() => letter.pdf({}, 'ua-1', DAY))).toMatch(/^TEMPLATE: /)
    const foreign = typesetter(fileOf('foreign.typ', `${LETTER}\n漢`))
    expect(failureOf(() => foreign.pdf({ name: 'Ann' }, 'ua-1', DAY))).toMatch(/^TEMPLATE: /)
  })

  it.each(['/etc/passwd', '../../etc/passwd'])('cannot read %s', (path) => {
    const spy = typesetter(fileOf('spy.typ', `#read(${JSON.stringify(path)})`))
    expect(failureOf(() => spy.pdf({}, 'ua-1', DAY))).toMatch(/^TEMPLATE: /)
  })
})

const BOTH_ENDS = JSON.stringify(new URL('./printing-thread.ts', import.meta.url).href)
const ERROR = JSON.stringify(new URL('./print-error.ts', import.meta.url).href)

/** A thread whose work is the given function of its task. */
const threadThat = (name: string, work: string): URL =>
  fileOf(
    `${name}.mjs`,
    `import { answerPrinting } from ${BOTH_ENDS}\nimport { PrintError } from ${ERROR}\nanswerPrinting(${work})`,
  )

describe('a document printed in a thread of its own', () => {
  it('comes back whole', async () => {
    const thread = threadThat('answers', `(task) => ({ pdf: new Uint8Array(task.bytes), sha256: 'abc' })`)
    expect(await printInThread(thread, { bytes: [1, 2, 3] })).toEqual({
      pdf: Uint8Array.of(1, 2, 3),
      sha256: 'abc',
    })
  })

  it.each([
    [
      'what is refused',
      `() => { throw new PrintError('TEMPLATE', 'no such word', { cause: new Error('line 3') }) }`,
      { failure: 'TEMPLATE', message: 'The document could not be printed: no such word (line 3)' },
    ],
    ['a thread that breaks', `() => { throw new TypeError('broken') }`, { failure: 'THREAD' }],
    ['a thread that ends', '() => process.exit(0)', { failure: 'THREAD' }],
  ])('says so of %s', async (name, work, told) => {
    const thread = threadThat(name.replaceAll(' ', '-'), work)
    await expect(printInThread(thread, {})).rejects.toMatchObject({ name: 'PrintError', ...told })
  })

  it('is given up when it hangs', async () => {
    const thread = threadThat('hangs', '() => { while (true); }')
    const printing = printInThread(thread, {}, { timeoutMs: 500 })
    await expect(printing).rejects.toMatchObject({ name: 'PrintError', failure: 'TIMEOUT' })
  })
})
