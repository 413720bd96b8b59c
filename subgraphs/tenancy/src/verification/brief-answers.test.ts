import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ANSWER_MS, briefAnswers, MOST_ANSWERS } from './brief-answers.ts'

/** A source that knows some keys, and tells what it was asked. */
const aSource = (known: readonly string[] = []) => {
  const asked: (readonly string[])[] = []
  const there = new Set(known)
  return {
    asked,
    there,
    find: async (keys: readonly string[]) => {
      asked.push(keys)
      await sleep(1)
      return new Map(keys.filter((key) => there.has(key)).map((key) => [key, `value of ${key}`]))
    },
  }
}

describe('brief answers', () => {
  it('are asked for once by all who ask at once, each key once and all keys together', async () => {
    const source = aSource(['a'])
    const answers = briefAnswers(source.find)
    const given = await Promise.all(['a', 'b', 'a', 'b'].map(answers.of))
    expect(given).toEqual(['value of a', null, 'value of a', null])
    expect(source.asked).toEqual([['a', 'b']])
  })

  it('come from one lookup after the other: who comes during one waits for the next', async () => {
    const source = aSource(['a', 'c'])
    const answers = briefAnswers(source.find)
    const first = answers.of('a')
    await Promise.resolve()
    const later = Promise.all(['b', 'c', 'a'].map(answers.of))
    expect([await first, await later]).toEqual(['value of a', [null, 'value of c', 'value of a']])
    expect(source.asked).toEqual([['a'], ['b', 'c']])
  })

  it('hold for a second, what is there as what is not, and no longer', async () => {
    const source = aSource(['a'])
    const answers = briefAnswers(source.find)
    await Promise.all(['a', 'b'].map(answers.of))
    expect(await Promise.all(['a', 'b'].map(answers.of))).toEqual(['value of a', null])
    expect(source.asked).toHaveLength(1)
    source.there.delete('a')
    source.there.add('b')
    await sleep(ANSWER_MS)
    expect(await Promise.all(['a', 'b'].map(answers.of))).toEqual([null, 'value of b'])
  })

  it('of a lookup that takes longer are for those who came before it grew old', async () => {
    const first = Promise.withResolvers<void>()
    let isThere = true
    const answers = briefAnswers(async () => {
      const found = new Map(isThere ? [['a', 'value of a']] : [])
      if (isThere) await first.promise
      return found
    })
    const early = answers.of('a')
    await sleep(ANSWER_MS)
    isThere = false
    const late = answers.of('a')
    first.resolve()
    expect([await early, await late]).toEqual(['value of a', null])
  })

  it('are no answers when the lookup fails: the next one asks again', async () => {
    const source = aSource(['a'])
    let isAway = true
    const answers = briefAnswers(async (keys) => {
      if (isAway) throw new Error('away')
      return source.find(keys)
    })
    const failed = await Promise.allSettled(['a', 'b'].map(answers.of))
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    isAway = false
    expect(await answers.of('a')).toBe('value of a')
  })

  it('fill a bounded part of the memory, whoever tries however many keys', async () => {
    const answers = briefAnswers(aSource().find)
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.all(Array.from({ length: MOST_ANSWERS / 2 }, (_, n) => answers.of(`${turn} ${n}`)))
      expect(answers.size()).toBeLessThanOrEqual(MOST_ANSWERS)
    }
  })
})
