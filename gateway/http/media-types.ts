/** Which of the two spellings of a GraphQL answer a client reads. */

export const JSON_MEDIA_TYPE = 'application/json; charset=utf-8'
export const GRAPHQL_MEDIA_TYPE = 'application/graphql-response+json; charset=utf-8'

export type AnswerMediaType = typeof JSON_MEDIA_TYPE | typeof GRAPHQL_MEDIA_TYPE

/** What each range of an Accept header means for us; plain JSON is what most clients that accept anything expect. */
const RANGES: Readonly<Record<string, AnswerMediaType>> = {
  'application/graphql-response+json': GRAPHQL_MEDIA_TYPE,
  'application/json': JSON_MEDIA_TYPE,
  'application/*': JSON_MEDIA_TYPE,
  '*/*': JSON_MEDIA_TYPE,
}

type Range = {
  readonly range: string
  readonly charset: string | undefined
  readonly quality: number
}

/** The client's favourite of ours, the first named among equals; null when it accepts neither. */
export const preferredMediaType = (accept: string | undefined): AnswerMediaType | null => {
  if (accept === undefined || accept.trim() === '') return JSON_MEDIA_TYPE
  const ranges = accept.split(',').map(readRange)
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map(({ range }) => range))
  let best: { readonly type: AnswerMediaType; readonly quality: number } | null = null
  for (const { range, charset, quality } of ranges) {
    const type = RANGES[range]
    if (type === undefined || quality === 0 || !isUtf8(charset)) continue
    const essence = type.slice(0, type.indexOf(';'))
    if (range !== essence && refused.has(essence)) continue
    if (best === null || quality > best.quality) best = { type, quality }
  }
  return best?.type ?? null
}

/** Whether a client asks for plain JSON by its name, and not for anything that comes. */
export const namesPlainJson = (accept: string | undefined): boolean =>
  (accept ?? '').split(',').some((text) => readRange(text).range === 'application/json')

const readRange = (text: string): Range => {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const valueOf = (name: string) =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1)
  const quality = Number(valueOf('q') ?? 1)
  return { range, charset: valueOf('charset'), quality: Number.isFinite(quality) ? quality : 0 }
}

const isUtf8 = (charset: string | undefined): boolean =>
  charset === undefined || /^"?utf-?8"?$/.test(charset) || charset === '*'

/** True for `application/json` in UTF-8, the one spelling of a request that is read. */
export const isJsonContentType = (header: string | undefined): boolean => {
  if (header === undefined) return false
  const { range, charset } = readRange(header)
  return range === 'application/json' && isUtf8(charset)
}
