/** The source files of the platform and what each of them imports. */
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

export type Import = {
  /** The importing file, from the root, with `/`. */
  readonly file: string
  /** As it is written. */
  readonly specifier: string
  /** The imported file from the root, when it is a relative one. */
  readonly target: string | null
  readonly isType: boolean
  readonly names: readonly string[]
}

/** Files that exist for tests: they may import anything and nothing else may import them. */
export const isForTests = (file: string): boolean =>
  /\.(test|fixture|example)\.ts$|(^|\/)testing\/|-example\.ts$|\/an?-[\w-]+\.ts$/.test(file)

export const sourceFiles: readonly string[] = globSync(
  '{chassis,gateway,subgraphs,cli,schema,stripe-loopback}/**/*.{ts,tsx}',
  {
    cwd: ROOT,
    exclude: (path) => path.split('/').includes('node_modules'),
  },
)
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('/node_modules/'))
  .toSorted()

const IMPORT_FROM = /^import\s+(type\s+)?([\w$*{},\s]+?)\s+from\s+'([^']+)'/gm
const EXPORT_FROM = /^export\s+(type\s+)?(\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'([^']+)'/gm
const BARE_OR_DYNAMIC = /^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm

const namesIn = (clause: string): readonly string[] =>
  clause
    .replaceAll(/[{}]/g, ',')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** `import { type A, type B }` imports nothing at run time either. */
const isOfTypes = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => name.startsWith('type '))

/** Every import, re-export and dynamic import of a file's text. */
export const importsIn = (file: string, text: string): readonly Import[] => {
  const named = [...text.matchAll(IMPORT_FROM), ...text.matchAll(EXPORT_FROM)].map(
    ([, type, clause = '', specifier = '']) => {
      const names = namesIn(clause)
      return { specifier, names, isType: type !== undefined || isOfTypes(names) }
    },
  )
  const whole = [...text.matchAll(BARE_OR_DYNAMIC)].map(([, bare, dynamic]) => ({
    specifier: bare ?? dynamic ?? '',
    names: [],
    isType: false,
  }))
  return [...named, ...whole].map((found) => ({
    ...found,
    file,
    target: found.specifier.startsWith('.')
      ? posix.normalize(posix.join(posix.dirname(file), found.specifier))
      : null,
  }))
}

export const imports: readonly Import[] = sourceFiles.flatMap((file) =>
  importsIn(file, readFileSync(join(ROOT, file), 'utf8')),
)

/** For a failing test's message. */
export const described = ({ file, specifier, isType }: Import): string =>
  `${file} imports ${isType ? 'types of ' : ''}${specifier}`
