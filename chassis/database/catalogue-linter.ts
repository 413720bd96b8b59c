/**
 * Isolation between companies rests on what PostgreSQL has in its catalogue, not on what a migration meant to say.
 * The linter reads the catalogue and finds every table, policy, key, right and role that would let one company's
 * rows be seen or changed by another. It runs over the migrated database in the tests, and again at every start.
 */
import pg from 'pg'
import type { ClientBase } from 'pg'
import { readCatalogue } from './catalogue-linter-reading.ts'
import type { Catalogue, CatalogueFinding } from './catalogue-linter-reading.ts'
import { rightsRules } from './catalogue-linter-rights.ts'
import { isException, staleExceptions, tableRules } from './catalogue-linter-tables.ts'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'

export type { CatalogueFinding }

/** Everything wrong with a catalogue, in the order of the rules. Pure. */
export const findingsIn = (catalogue: Catalogue): readonly CatalogueFinding[] => {
  const found = [...tableRules, ...rightsRules].flatMap((rule) => rule(catalogue))
  return [...found.filter((finding) => !isException(finding)), ...staleExceptions(catalogue, found)]
}

/**
 * Reads the catalogue of the connected database and returns what is wrong with it. `schemas` are all of ours; the
 * queue's schema is not among them, since the library that owns it keeps the jobs of all companies in one table and
 * hands each job to the worker, which then works under the company's own id. Any role that may connect can ask.
 */
export const lintCatalogue = async (
  client: ClientBase,
  schemas: readonly string[],
): Promise<readonly CatalogueFinding[]> => findingsIn(await readCatalogue(client, schemas))

/** The database does not keep companies apart. Nothing may be served from it. */
export class CatalogueFault extends Error {
  override readonly name = 'CatalogueFault'
  readonly findings: readonly CatalogueFinding[]

  constructor(findings: readonly CatalogueFinding[]) {
    super(
      [
        'The database does not keep companies apart:',
        ...findings.map(({ rule, object, message }) => `  ${object}: ${message} (${rule})`),
      ].join('\n'),
    )
    this.findings = findings
  }
}

/** Opens a connection of its own; throws one `CatalogueFault` with everything that is wrong. */
export const assertCatalogue = async (
  connection: ConnectionSettings,
  schemas: readonly string[],
): Promise<void> => {
  const client = new pg.Client(clientConfig(connection))
  await client.connect()
  try {
    const findings = await lintCatalogue(client, schemas)
    if (findings.length > 0) throw new CatalogueFault(findings)
  } finally {
    await client.end()
  }
}
