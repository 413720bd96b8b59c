/** Stripe's search language, as far as it compares a field or a key of metadata: `email:'a@b.c' AND metadata['tenant']:'t'`. */
import { invalid } from '../wire/refusal.ts'

type SearchRequest = { readonly query: string; readonly limit?: number; readonly page?: string }

const CLAUSE = /^(?:(\w+)|metadata\[(['"])(.+?)\2\]):(['"])((?:(?!\4).|\\\4)*)\4$/

type Clause = { readonly field: string | null; readonly key: string | null; readonly value: string }

const clausesOf = (query: string): readonly Clause[] =>
  query.split(/\s+AND\s+/i).map((text) => {
    const [whole, field, , key, , value = ''] = CLAUSE.exec(text.trim()) ?? []
    if (whole === undefined) {
      throw invalid(
        "We were unable to parse your search query. The loopback understands field:'value' and metadata['key']:'value', joined by AND.",
        'query',
      )
    }
    return { field: field ?? null, key: key ?? null, value: value.replaceAll(/\\(['"])/g, '$1') }
  })

type Searchable = { readonly id: string; readonly metadata: { readonly [key: string]: string } }

const FIELDS: readonly string[] = ['email', 'name', 'phone']

const fits = (object: Searchable, { field, key, value }: Clause): boolean => {
  if (key !== null) return object.metadata[key] === value
  if (field === null || !FIELDS.includes(field))
    throw invalid(`Field \`${field}\` is not supported.`, 'query')
  return new Map<string, unknown>(Object.entries(object)).get(field) === value
}

/** Pages of a search have numbers and no cursors. */
export const searched = (
  all: readonly Searchable[],
  { query, limit = 10, page = '1' }: SearchRequest,
  url: string,
): object => {
  const clauses = clausesOf(query)
  const found = all.filter((object) => clauses.every((clause) => fits(object, clause)))
  const start = (Math.max(1, Number(page) || 1) - 1) * limit
  const hasMore = start + limit < found.length
  return {
    object: 'search_result',
    data: found.slice(start, start + limit),
    has_more: hasMore,
    next_page: hasMore ? String(Number(page) + 1) : null,
    url,
  }
}
