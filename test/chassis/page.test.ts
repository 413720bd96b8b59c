import { connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import { newId } from '@stormops/chassis/values/ids'
import { describe, expect, it } from 'vitest'

const BAD_INPUT = (field: string) => expect.objectContaining({ code: 'BAD_INPUT', facts: { field } })
const cursorOf = (key: string): string => Buffer.from(key).toString('base64url')

/** A list as a store pages through it: up to one row more than was asked for, after the cursor's key. */
const pageOf = (keys: readonly string[], first: number, after: string | null) => {
  const request = pageRequest(first, after, 'text')
  const rest = request.after === null ? keys : keys.filter((key) => key > (request.after ?? ''))
  return connectionOf(
    rest.slice(0, request.first + 1),
    request,
    (key) => key,
    (key) => ({ name: key }),
  )
}

describe('a page', () => {
  it.each([1, 2, 3, 7, 100])('of %i leads to every row once and in order', (first) => {
    const keys = ['a', 'b', 'ç', 'd’s', '😀'].toSorted()
    const seen: string[] = []
    let after: string | null = null
    do {
      const { edges, pageInfo }: ReturnType<typeof pageOf> = pageOf(keys, first, after)
      seen.push(...edges.map(({ node }) => node.name))
      expect(pageInfo.hasPreviousPage).toBe(after !== null)
      expect(pageInfo.startCursor).toBe(edges[0]?.cursor)
      expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(keys)
  })

  it('of nothing has no cursors and no next page', () => {
    expect(pageOf([], 10, null)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  it('has 50 rows when nobody says otherwise', () => {
    expect(pageRequest(null, null)).toEqual({ first: 50, after: null })
    expect(pageRequest(undefined, undefined)).toEqual({ first: 50, after: null })
  })

  it.each([0, -1, 101, 1.5, Number.NaN, Infinity])('has no %d rows', (first) => {
    expect(() => pageRequest(first, null)).toThrow(BAD_INPUT('first'))
  })

  it.each([
    ['nothing', ''],
    ['no base64url', 'a b'],
    ['padded', `${cursorOf('a')}==`],
    ['no text', Buffer.from([0xff, 0xfe, 0xfd]).toString('base64url')],
    ['a text with a NUL', cursorOf('a\0')],
  ])('goes on from no cursor that is %s', (_what, cursor) => {
    expect(() => pageRequest(10, cursor, 'text')).toThrow(BAD_INPUT('after'))
  })

  it.each(['a storm', `${newId()}'`, newId().toUpperCase(), newId().slice(1)])(
    'of things with a UUID goes on from no cursor of %j',
    (key) => {
      expect(() => pageRequest(10, cursorOf(key))).toThrow(BAD_INPUT('after'))
    },
  )

  it('of things with a UUID goes on from one', () => {
    const id = newId()
    expect(pageRequest(10, cursorOf(id))).toEqual({ first: 10, after: id })
  })
})
