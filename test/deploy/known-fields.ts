/**
 * A field that Kubernetes does not know is dropped without a word, and a schema that allows more lets it pass. So the
 * names of fields are followed through the declarations of the validator's own package.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './settings.ts'

const MODELS = realpathSync(join(ROOT, 'node_modules', 'kubernetes-models'))
/** Installed beside it, for it alone. */
const MACHINERY = join(MODELS, '..', '@kubernetes-models', 'apimachinery')

type Declared = { readonly file: string; readonly type: string }

/** The name of each field and the types that stand after it. */
type Fields = ReadonlyMap<string, readonly Declared[]>

const readFields = (file: string): Fields => {
  const text = readFileSync(file, 'utf8')
  const from = new Map(
    [...text.matchAll(/^import \{ (\w+) \} from "([^"]+)";$/gm)].map(([, name = '', place = '']) => [
      name,
      place,
    ]),
  )
  const body = /export interface \w+ (?:extends TypeMeta )?\{\n([\s\S]*?)\n\}/.exec(text)?.[1] ?? ''
  const fields = [...body.matchAll(/^ {4}"([^"]+)"\??: ([\s\S]*?);$/gm)].map(
    ([, name = '', type = '']): [string, readonly Declared[]] => [
      name,
      // A map from names to values may hold any name.
      type.startsWith('{')
        ? []
        : [...type.matchAll(/\w+/g)].flatMap(([word]) => {
            const place = from.get(word)
            return place === undefined ? [] : [{ file: fileOf(place, file), type: word }]
          }),
    ],
  )
  return new Map(fields)
}

const fileOf = (place: string, from: string): string => {
  if (place.startsWith('.')) return join(dirname(from), place.replace(/\.js$/, '.d.ts'))
  return join(MACHINERY, `${place.slice('@kubernetes-models/apimachinery/'.length)}.d.ts`)
}

const known = new Map<string, Fields>()
const fieldsOf = (file: string): Fields => {
  const fields = known.get(file) ?? readFields(file)
  known.set(file, fields)
  return fields
}

const unknownIn = (value: unknown, file: string, path: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item, place) => unknownIn(item, file, `${path}[${place}]`))
  if (typeof value !== 'object' || value === null || !existsSync(file)) return []
  const fields = fieldsOf(file)
  // A quantity, or a number that may be a text, is declared without fields.
  if (fields.size === 0) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const declared = fields.get(name)
    if (declared === undefined) return [`${path}.${name}`]
    return declared.slice(0, 1).flatMap((next) => unknownIn(inner, next.file, `${path}.${name}`))
  })
}

/** The paths of all fields that the kind does not have. */
export const unknownFields = (manifest: {
  readonly apiVersion: string
  readonly kind: string
}): readonly string[] => {
  const file = join(MODELS, manifest.apiVersion, `${manifest.kind}.d.ts`)
  if (!existsSync(file)) return [`${manifest.apiVersion} ${manifest.kind}`]
  return unknownIn(manifest, file, manifest.kind)
}
