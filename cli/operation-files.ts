/**
 * Operations to publish, out of what build tools write: the client preset of GraphQL Code Generator, Apollo's manifest,
 * or plain documents. Whatever they call a document, it is published under the sha-256 of its text.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@stormops/chassis/fault'
import { sha256Hex } from '@stormops/chassis/values/canonical'
import { z } from 'zod'

export type OperationFile = {
  /** `sha256:` and the hex digits. */
  readonly id: string
  readonly document: string
  /** The file it came from. */
  readonly file: string
  /** What the file calls it when that is not its sha-256; clients that send this will find nothing. */
  readonly givenId: string | null
}

const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() })),
})

const presetManifest = z.record(z.string(), z.string())

/** In the order of files and of what is in them; throws `Fault` BAD_INPUT for what is no list of operations. */
export const readOperations = (path: string): readonly OperationFile[] => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new Fault('BAD_INPUT', `There is no file ${path}.`)
  if (stat.isDirectory()) return documentsUnder(path).flatMap(readOperations)
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.graphql') || path.endsWith('.gql')) return [operationOf(text, null, path)]
  return manifestOf(text, path)
}

const documentsUnder = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql') || name.endsWith('.gql'))
    .toSorted()
    .map((name) => join(directory, name))

const manifestOf = (text: string, file: string): readonly OperationFile[] => {
  const json = jsonOf(text, file)
  const apollo = apolloManifest.safeParse(json)
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => operationOf(body, id, file))
  const preset = presetManifest.safeParse(json)
  // Apollo's has members that are no texts, so that one of another version is not taken for the preset's.
  if (preset.success)
    return Object.entries(preset.data).map(([id, document]) => operationOf(document, id, file))
  throw new Fault(
    'BAD_INPUT',
    `${file} is neither the persisted-documents.json of codegen's client preset nor a manifest of Apollo's generator in version 1.`,
  )
}

const jsonOf = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('BAD_INPUT', `${file} is neither JSON nor a .graphql file.`, { cause })
  }
}

const operationOf = (document: string, givenId: string | null, file: string): OperationFile => {
  const hash = sha256Hex(document)
  const isOwn = givenId === null || givenId.toLowerCase().replace(/^sha256:/, '') === hash
  return { id: `sha256:${hash}`, document, file, givenId: isOwn ? null : givenId }
}

/** What one request may publish. */
const MOST_OPERATIONS = 500
/** Bytes. The platform takes bodies of a megabyte. */
const LARGEST_BATCH = 900_000

/** Operations in as few requests as fit; each is published whole or not at all. */
export const batchesOf = (operations: readonly OperationFile[]): readonly (readonly OperationFile[])[] => {
  const batches: OperationFile[][] = []
  let bytes = 0
  for (const operation of operations) {
    const size = Buffer.byteLength(JSON.stringify(operation.document))
    const last = batches.at(-1)
    if (last === undefined || last.length === MOST_OPERATIONS || bytes + size > LARGEST_BATCH) {
      batches.push([operation])
      bytes = size
    } else {
      last.push(operation)
      bytes += size
    }
  }
  return batches
}
