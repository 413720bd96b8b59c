/**
 * The typeface of printed documents, read from its package. They never use a font of the machine they are made on,
 * or the same document would look, and hash, differently elsewhere.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const TYPEFACE = 'Source Sans 3'

/** Exactly the weights that templates ask for: another one would be looked for on the machine. */
const WEIGHTS = ['400Regular', '600SemiBold', '700Bold'] as const

const CMAP_TAG = 'cmap'
const UNICODE_PLATFORM = 0
const WINDOWS_PLATFORM = 3
const SEGMENT_MAPPING = 4
const TABLE_DIRECTORY_AT = 12
const TABLE_RECORD_LENGTH = 16

let fonts: readonly Buffer[] | undefined
let coverage: ReadonlySet<number> | undefined

/** The font files, regular first. Throws when the font package is not installed. */
export function typefaceFiles(): readonly Buffer[] {
  fonts ??= WEIGHTS.map((weight) =>
    readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`)),
  )
  return fonts
}

/** Code points of the basic plane that the typeface can draw (all weights have the same). */
export function characterCoverage(): ReadonlySet<number> {
  const [regular] = typefaceFiles()
  if (regular === undefined) throw new Error('The typeface has no regular weight')
  coverage ??= readCoverage(regular)
  return coverage
}

/** Character map, format 4, of an OpenType file (OpenType specification, "cmap"). */
function readCoverage(font: Buffer): ReadonlySet<number> {
  const map = font.subarray(tableOffset(font, CMAP_TAG))
  const segments = map.subarray(segmentMappingOffset(map))
  const segmentBytes = segments.readUInt16BE(6)
  const endsAt = 14
  const startsAt = endsAt + segmentBytes + 2
  const codePoints = new Set<number>()
  for (let at = 0; at < segmentBytes; at += 2) {
    const end = segments.readUInt16BE(endsAt + at)
    for (let code = segments.readUInt16BE(startsAt + at); code <= end && code < 0xffff; code++) {
      if (glyphOf(segments, startsAt, segmentBytes, at, code) !== 0) codePoints.add(code)
    }
  }
  return codePoints
}

function glyphOf(segments: Buffer, startsAt: number, segmentBytes: number, at: number, code: number): number {
  const delta = segments.readUInt16BE(startsAt + segmentBytes + at)
  const rangeAt = startsAt + 2 * segmentBytes + at
  const range = segments.readUInt16BE(rangeAt)
  if (range === 0) return (code + delta) & 0xffff
  const glyph = segments.readUInt16BE(rangeAt + range + 2 * (code - segments.readUInt16BE(startsAt + at)))
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff
}

function tableOffset(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4)
  for (let index = 0; index < tables; index++) {
    const at = TABLE_DIRECTORY_AT + index * TABLE_RECORD_LENGTH
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8)
  }
  throw new Error(`The typeface has no ${tag} table`)
}

function segmentMappingOffset(map: Buffer): number {
  const encodings = map.readUInt16BE(2)
  for (let index = 0; index < encodings; index++) {
    const platform = map.readUInt16BE(4 + index * 8)
    const offset = map.readUInt32BE(4 + index * 8 + 4)
    const unicode = platform === UNICODE_PLATFORM || platform === WINDOWS_PLATFORM
    if (unicode && map.readUInt16BE(offset) === SEGMENT_MAPPING) return offset
  }
  throw new Error('The typeface has no Unicode character map')
}
