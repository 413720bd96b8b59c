import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { armFailpoints, failpoint, readFailpoints } from '@stormops/chassis/failpoint'

const arm = (text: string): void => {
  const result = readFailpoints(text)
  if (result.kind === 'fault') throw new Error(result.message)
  armFailpoints(result.failpoints)
}
afterEach(() => armFailpoints([]))

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

describe('a failpoint', () => {
  it('is nothing at all where none is armed, and nothing where another one is', async () => {
    expect(failpoint('here')).toBeUndefined()
    arm('there=throw')
    await expect(failpoint('here')).resolves.toBeUndefined()
  })

  it('fails once, at the passage it is told, or each time', async () => {
    arm('once=throw,third=throw@3,always=throw@*')
    const passages = async (name: string): Promise<string> => {
      const said: string[] = []
      for (let passage = 0; passage < 4; passage += 1) {
        said.push(
          await Promise.resolve(failpoint(name)).then(
            () => '-',
            () => 'x',
          ),
        )
      }
      return said.join('')
    }
    expect(await passages('once')).toBe('x---')
    expect(await passages('third')).toBe('--x-')
    expect(await passages('always')).toBe('xxxx')
  })

  it('ends the process as kill -9 does: nothing runs after it', () => {
    const program = `
      import { armFailpoints, failpoint, readFailpoints } from './chassis/failpoint.ts'
      armFailpoints(readFailpoints('here=kill').failpoints)
      process.on('exit', () => console.log('ended properly'))
      console.log('before')
      await failpoint('here')
      console.log('after')`
    const { signal, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    expect(signal).toBe('SIGKILL')
    expect(stdout).toBe('before\n')
  })

  it.each(['here', 'here=panic', 'here=delay', 'here=kill:5', '=kill', 'here=kill@x'])(
    'is not read from %s',
    (text) => {
      expect(readFailpoints(text).kind).toBe('fault')
    },
  )
})

/** Every `failpoint(…)` of the product, with what a template fills in left open. */
const named = (): readonly string[] =>
  globSync('{chassis,gateway,subgraphs,cli}/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })
    .filter((file) => !/(\.test|failpoint)\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bfailpoint\(['`]([^'`]+)['`]\)/g),
    ])
    .map(([, name = '']) => name.replaceAll(/\$\{[^}]+\}/g, '*'))

describe('the failpoints of the product', () => {
  it('have a name each', () => {
    const names = named()
    expect(names.length).toBeGreaterThan(10)
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
  })
})
