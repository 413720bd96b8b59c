/**
 * Reads the parameters of Stripe's operations out of the declarations and the code of Stripe's own SDK: a parser of
 * just as much TypeScript as those generated files are written in. What it does not know stops the generator.
 */

/** What a parameter may hold, as it is sent: a decimal is text, and a time a number. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'decimal'
  /** Text that Stripe documents these values of. */
  | { readonly oneOf: readonly string[] }
  | { readonly list: Shape }
  /** Keys of the caller's own, as in metadata. */
  | { readonly map: Shape }
  | { readonly fields: Fields }
  | { readonly either: readonly Shape[] }
  /** May be sent empty, which unsets it. */
  | { readonly emptyable: Shape }

/** A name that ends in `?` may be left out. */
export type Fields = { readonly [name: string]: Shape }

/** The declarations of a file by their path, such as `InvoiceCreateParams.Issuer.Type`. */
export type Declarations = ReadonlyMap<string, Declaration>

export type Declaration =
  | { readonly kind: 'alias'; readonly text: string }
  | { readonly kind: 'interface'; readonly parents: readonly string[]; readonly members: Members }

type Members = readonly { readonly name: string; readonly text: string }[]

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '')

const OPENING = /^(?:export )?(?:declare )?(interface|namespace) (\w+)(?: extends ([\w., ]+))? \{$/
const ALIAS = /^(?:export )?(?:declare )?type (\w+) = (.+);$/
const MEMBER = /^(?:readonly )?'?([\w.]+)'?(\?)?: (.+);$/
/** A member whose type begins on its line and ends on a later one: `options?: Emptyable<{`. */
const LONG_MEMBER = /^'?[\w.]+'?\??: .*\{$/

/** The lines of a file, each member in one. */
const statements = (text: string): readonly string[] => {
  const lines = withoutComments(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const joined: string[] = []
  let open = 0
  for (const line of lines) {
    if (open > 0) joined[joined.length - 1] += ` ${line}`
    else joined.push(line)
    if (open > 0 || LONG_MEMBER.test(line)) open += count(line, '{') - count(line, '}')
  }
  return joined
}

const count = (text: string, character: string): number => text.split(character).length - 1

type Scope = { readonly path: string; readonly members: { name: string; text: string }[] | null }

/** Every interface and type of a file. What else there is, such as classes, is passed over. */
export const declarationsIn = (text: string): Declarations => {
  const found = new Map<string, Declaration>()
  const scopes: Scope[] = []
  for (const line of statements(text)) {
    const scope = scopes.at(-1)
    const within = scope === undefined || scope.path === '' ? '' : `${scope.path}.`
    const [, kind, name = '', parents] = OPENING.exec(line) ?? []
    const [, alias, target = ''] = ALIAS.exec(line) ?? []
    const [, member, optional = '', type = ''] = MEMBER.exec(line) ?? []
    if (kind === 'namespace') scopes.push({ path: namespacePath(within, name), members: null })
    else if (kind === 'interface') {
      const members: { name: string; text: string }[] = []
      found.set(`${within}${name}`, {
        kind,
        parents: parents === undefined ? [] : parents.split(', '),
        members,
      })
      scopes.push({ path: `${within}${name}`, members })
    } else if (alias !== undefined) found.set(`${within}${alias}`, { kind: 'alias', text: target })
    else if (line.startsWith('}')) scopes.pop()
    else if (line.endsWith('{')) scopes.push({ path: '', members: null })
    else if (scope?.members && member !== undefined)
      scope.members.push({ name: `${member}${optional}`, text: type })
  }
  return found
}

/** The SDK's groups (`Checkout`, `BillingPortal`) hold what elsewhere lies in the file itself. */
const GROUPS: ReadonlySet<string> = new Set(['Checkout', 'BillingPortal'])

const namespacePath = (within: string, name: string): string =>
  within === '' && GROUPS.has(name) ? '' : `${within}${name}`

export type Operation = {
  readonly method: string
  /** With `:id` for each part the caller fills in. */
  readonly path: string
  /** The type of its parameters; null when it takes none. */
  readonly parameters: string | null
  readonly isRequired: boolean
}

const DECLARED_METHOD = /^(\w+)\(((?:\w+: string, )*)(?:params(\?)?: ([\w.]+), )?options\?: RequestOptions\)/
const REQUEST = /^(\w+)\([^)]*\) \{\s*return this\._makeRequest\('(\w+)', [`']([^`']+)[`']/gm

/** The operations of one resource of the SDK by their method's name, from its declarations and its code. */
export const operationsIn = (declarations: string, code: string): ReadonlyMap<string, Operation> => {
  const taking = new Map<string, { readonly type: string | null; readonly isRequired: boolean }>()
  for (const line of statements(declarations)) {
    const [, name, , optional, type] = DECLARED_METHOD.exec(line) ?? []
    if (name === undefined) continue
    const local = type?.replace(/^(Checkout|BillingPortal)\./, '') ?? null
    taking.set(name, { type: local, isRequired: type !== undefined && optional === undefined })
  }
  const operations = new Map<string, Operation>()
  const bare = withoutComments(code).replaceAll(/^ +/gm, '')
  for (const [, name = '', method = '', path = ''] of bare.matchAll(REQUEST)) {
    const takes = taking.get(name)
    if (takes === undefined) continue
    const pattern = path.replaceAll(/\$\{encodeURIComponent\(\w+\)\}/g, ':id')
    operations.set(name, { method, path: pattern, parameters: takes.type, isRequired: takes.isRequired })
  }
  return operations
}
