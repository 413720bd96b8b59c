/** The same invented properties twice on disk: as the CSV file a contractor sends, and as the rows COPY takes. */
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { csvPieces, syntheticStorm } from '@stormops/storms/synthetic'
import type { SyntheticProperty } from '@stormops/storms/synthetic'

export type StormFile = { readonly path: string; readonly properties: number }

const SEED = 'bench'
const LINES_PER_PIECE = 500

const propertiesOf = (properties: number): Generator<SyntheticProperty> =>
  syntheticStorm({ seed: SEED, storm: 'dfw', properties })

const writeFile = async (path: string, pieces: Iterable<string>): Promise<void> => {
  mkdirSync(dirname(path), { recursive: true })
  const file = createWriteStream(path)
  for (const piece of pieces) if (!file.write(piece)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

export const writeCsv = ({ path, properties }: StormFile): Promise<void> =>
  writeFile(path, csvPieces(propertiesOf(properties)))

/** The columns of a line of `writeCopyRows`, in their order. */
export const COPY_COLUMNS = `tenant_id, storm_id, external_id, address, city, state, zip, persona, owner_name,
  owner_phone, owner_email, latitude, longitude, suppressed, features`

/** PostgreSQL's text format: tabs between the values, `\N` for null. No value of an invented storm needs escaping. */
export const writeCopyRows = (file: StormFile, tenantId: string, stormId: string): Promise<void> =>
  writeFile(file.path, copyPieces(propertiesOf(file.properties), `${tenantId}\t${stormId}`))

const copyPieces = function* (properties: Iterable<SyntheticProperty>, ids: string): Generator<string> {
  let lines: string[] = []
  for (const property of properties) {
    lines.push(`${ids}\t${copyLine(property)}`)
    if (lines.length < LINES_PER_PIECE) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

const copyLine = (property: SyntheticProperty): string => {
  const { externalId, address, city, state, zip, persona, ownerName, ownerPhone, ownerEmail } = property
  const { latitude, longitude, suppressed, features } = property
  const values = [externalId, address, city, state, zip, persona, ownerName, ownerPhone, ownerEmail]
  const cells = [...values, latitude, longitude, suppressed].map((value) => value ?? '\\N')
  return `${cells.join('\t')}\t{${features.map((value) => value ?? 'NULL').join(',')}}\n`
}
