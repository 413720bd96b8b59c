/** Relay connections over keyset pages: stable while rows come and go, and as fast on page 1,000 as on page 1. */
import { Fault } from '../fault.ts'

export type PageRequest = { readonly first: number; readonly after: string | null }
export type Connection<Node> = {
  readonly edges: { cursor: string; node: Node }[]
  readonly pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

export const LARGEST_PAGE = 100

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Throws BAD_INPUT for a page size outside 1–100 or a cursor that no list of this kind gave. */
export const pageRequest = (
  first: number | null | undefined,
  after: string | null | undefined,
  keys: 'uuid' | 'text' = 'uuid',
): PageRequest => {
  const size = first ?? 50
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw new Fault('BAD_INPUT', `first must be from 1 to ${LARGEST_PAGE}, and is ${size}.`, {
      facts: { field: 'first' },
    })
  }
  return { first: size, after: after === null || after === undefined ? null : decodeCursor(after, keys) }
}

const encodeCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url')

const decodeCursor = (cursor: string, keys: 'uuid' | 'text'): string => {
  const key = Buffer.from(cursor, 'base64url').toString('utf8')
  if (
    key.length === 0 ||
    encodeCursor(key) !== cursor ||
    key.includes('\0') ||
    (keys === 'uuid' && !UUID.test(key))
  ) {
    throw new Fault('BAD_INPUT', 'The cursor is not one that a list gave.', { facts: { field: 'after' } })
  }
  return key
}

/** `rows` holds up to one row more than was asked for, which tells whether a next page exists. */
export const connectionOf = <Row, Node>(
  rows: readonly Row[],
  request: PageRequest,
  keyOf: (row: Row) => string,
  nodeOf: (row: Row) => Node,
): Connection<Node> => {
  const edges = rows
    .slice(0, request.first)
    .map((row) => ({ cursor: encodeCursor(keyOf(row)), node: nodeOf(row) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > request.first,
      hasPreviousPage: request.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** A page of things that are ordered by their ids. Throws BAD_INPUT as `pageRequest` does. */
export const connectionById = async <Row extends { readonly id: string }>(
  first: number | null | undefined,
  after: string | null | undefined,
  read: (page: PageRequest) => Promise<readonly Row[]>,
): Promise<Connection<Row>> => {
  const page = pageRequest(first, after)
  return connectionOf(
    await read(page),
    page,
    ({ id }) => id,
    (row) => row,
  )
}
