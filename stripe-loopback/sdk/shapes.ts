/** Turns a type of the SDK's declarations into the shape a parameter is checked against. */
import type { Declarations, Fields, Shape } from './declarations.ts'

type Place = { readonly declarations: Declarations; readonly shared: Declarations; readonly scope: string }

/** The shape of a type by its name, as seen from the top of a file. */
export const shapeOfType = (declarations: Declarations, shared: Declarations, name: string): Shape =>
  shapeOf(name, { declarations, shared, scope: '' })

const shapeOf = (text: string, place: Place): Shape => {
  const alternatives = splitAtTop(text, '|')
  if (alternatives.length > 1) return shapeOfUnion(alternatives, place)
  const [, emptyable] = /^Emptyable<(.+)>$/.exec(text) ?? []
  if (emptyable !== undefined) return { emptyable: shapeOf(emptyable, place) }
  const [, element] = /^Array<(.+)>$/.exec(text) ?? []
  if (element !== undefined) return { list: shapeOf(element, place) }
  const [, value] = /^\{ \[key: string\]: (.+); \}$/.exec(text) ?? []
  if (value !== undefined) return { map: shapeOf(value, place) }
  return namedShape(text, place)
}

const namedShape = (text: string, place: Place): Shape => {
  if (/^'[^']*'$/.test(text)) return { oneOf: [text.slice(1, -1)] }
  switch (text) {
    case 'string':
    case 'number':
    case 'boolean':
      return text
    case 'Decimal':
      return 'decimal'
    case 'MetadataParam':
      return { map: 'string' }
    default:
      return referencedShape(text, place)
  }
}

const shapeOfUnion = (alternatives: readonly string[], place: Place): Shape => {
  const meant = alternatives.filter((one) => !['OtherString', 'null', 'undefined'].includes(one))
  const values = meant.flatMap((one) => (/^'[^']*'$/.test(one) ? [one.slice(1, -1)] : []))
  const others = meant.filter((one) => !/^'[^']*'$/.test(one)).map((one) => shapeOf(one, place))
  const shapes: readonly Shape[] = values.length > 0 ? [{ oneOf: values }, ...others] : others
  const [only] = shapes
  return shapes.length === 1 && only !== undefined ? only : { either: shapes }
}

/** A name is looked for where it is used, then further and further out, as the compiler does. */
const referencedShape = (name: string, place: Place): Shape => {
  const parts = place.scope === '' ? [] : place.scope.split('.')
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const path = [...parts.slice(0, depth), name].join('.')
    const found = place.declarations.get(path)
    if (found?.kind === 'alias') return shapeOf(found.text, { ...place, scope: parentOf(path) })
    if (found !== undefined) return { fields: fieldsOf(path, place) }
  }
  if (place.declarations !== place.shared) return referencedShape(name, atHome(place.shared))
  throw new Error(`The SDK's declarations say nothing of ${name} in ${place.scope}.`)
}

const atHome = (shared: Declarations): Place => ({ declarations: shared, shared, scope: '' })

const parentOf = (path: string): string => path.split('.').slice(0, -1).join('.')

const fieldsOf = (path: string, place: Place): Fields => {
  const found = place.declarations.get(path)
  if (found?.kind !== 'interface') throw new Error(`${path} is no interface.`)
  const inherited = found.parents.flatMap((parent) => {
    const shape = referencedShape(parent, { ...place, scope: '' })
    return typeof shape === 'object' && 'fields' in shape ? Object.entries(shape.fields) : []
  })
  const own = found.members.map(({ name, text }) => [name, shapeOf(text, { ...place, scope: path })] as const)
  return Object.fromEntries([...inherited, ...own])
}

/** Splits `Array<A | B> | C` into two: what stands in brackets stays together. */
const splitAtTop = (text: string, separator: string): readonly string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if ('<{('.includes(character)) depth += 1
    else if ('>})'.includes(character)) depth -= 1
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, text.slice(start).trim()]
}
