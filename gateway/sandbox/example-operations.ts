/** The operations that are committed beside the schema, for the sandbox to offer. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse } from 'graphql'
import type { DocumentNode } from 'graphql'

export type ExampleOperation = { readonly name: string; readonly group: string; readonly query: string }

/** Schema documents, which lie in folders beside, are no operations and are left out. Sorted by group and name. */
export const exampleOperations = (directory: string): readonly ExampleOperation[] => {
  if (!existsSync(directory)) return []
  return globSync('**/*.graphql', { cwd: directory })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((file) => {
      const query = readFileSync(join(directory, file), 'utf8')
      const name = operationName(parse(query, { noLocation: true }))
      return name === null
        ? []
        : [{ name, group: file.includes('/') ? (file.split('/')[0] ?? '') : '', query }]
    })
}

/** Null for a document that defines anything but operations and their fragments. */
const operationName = ({ definitions }: DocumentNode): string | null => {
  const names = definitions.map((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return ''
    return definition.kind === Kind.OPERATION_DEFINITION ? (definition.name?.value ?? 'Unnamed') : null
  })
  return names.includes(null) ? null : (names.find((name) => name !== '') ?? null)
}
