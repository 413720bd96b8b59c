/** Files are named for the business, and speak of the project alone. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, sourceFiles } from './imports.ts'

/** Words that say nothing of what is inside. */
const EMPTY_WORDS = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'manager',
  'service',
  'services',
])

/** A service is what a composition root gets of a subgraph: the platform's own word, not a drawer. */
const MEANT = new Set(['chassis/service.ts'])

const NOT_OURS = new Set(['node_modules', '.git', '.stormops', 'coverage'])

const everyFile: readonly string[] = globSync('{*,.*,.ci/**,*/**}', {
  cwd: ROOT,
  exclude: (path) => NOT_OURS.has(basename(path)) || path === 'bench/results',
})
  .map((file) => file.replaceAll('\\', '/'))
  .filter(
    (file) => !file.split('/').some((part) => NOT_OURS.has(part)) && statSync(join(ROOT, file)).isFile(),
  )

describe('a name', () => {
  it('is found before it is judged', () => {
    expect(sourceFiles.length).toBeGreaterThan(100)
    expect(everyFile.length).toBeGreaterThan(sourceFiles.length)
    expect(everyFile).toContain('package.json')
    expect(everyFile).toContain('.ci/run')
  })

  it('says what is inside', () => {
    const empty = everyFile.filter(
      (file) => !MEANT.has(file) && file.split('/').some((part) => EMPTY_WORDS.has(part.split('.')[0] ?? '')),
    )
    expect(empty).toEqual([])
  })

  it('of a source file is in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|fixture|example|config))?\.tsx?$/
    const sources = everyFile.filter((file) => /\.tsx?$/.test(file))
    expect(sources.filter((file) => !kebab.test(basename(file)))).toEqual([])
  })
})

const folders = ['work', 'root', 'home', 'Users'].join('|')
const registries = ['registry', 'npmjs', 'verdaccio', 'artifactory', 'nexus'].join('|')
const SOMEBODYS_MACHINE = new RegExp(String.raw`(?<![\w.$}/])/(?:${folders})/[\w.-]`)
const REGISTRY_HOST = new RegExp(String.raw`\bhttps?://[\w.-]*(?:${registries})`, 'i')
const TEXT = /\.(ts|js|json|ya?ml|md|graphql|sql|typ|sh|css|html|tsx|toml|csv)$|^[^.]*$|\/run$|rc$|^\.[\w.]+$/

describe('a file', () => {
  const texts = everyFile.filter((file) => TEXT.test(file))
  const naming = (pattern: RegExp): readonly string[] =>
    texts.filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8')))

  it('is read before it is judged', () => {
    expect(texts.length).toBeGreaterThan(200)
    expect(SOMEBODYS_MACHINE.test(`'${['', 'home', 'ann', 'x'].join('/')}'`)).toBe(true)
    expect(REGISTRY_HOST.test(['https:', '', 'registry.example.com'].join('/'))).toBe(true)
  })

  it('names no folder of the machine it was written on', () => {
    expect(naming(SOMEBODYS_MACHINE)).toEqual([])
  })

  it('names no host to fetch packages from', () => {
    expect(naming(REGISTRY_HOST)).toEqual([])
  })
})
