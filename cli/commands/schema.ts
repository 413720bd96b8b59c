/** `schema compose`, `check` and `release`: the committed schema, and what became of it since clients saw it last. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import type { Config } from '@stormops/chassis/config'
import { writeComposition } from '@stormops/schema/compose.ts'
import type { GraphClient } from '../client.ts'
import { publishedOperations } from '../published-operations.ts'
import { checkAgainstRelease, checkLines, isPassed, writeReleased } from '../schema-check.ts'
import type { KnownOperation } from '../schema-check.ts'
import { asOwner, asStaff } from '../session.ts'
import { printLine } from '../terminal.ts'

export const schemaCommand = (program: Command): void => {
  const schema = program.command('schema').description('the graph’s schema')
  schema
    .command('compose')
    .description('compose the subgraphs into schema/supergraph.graphql and schema/api.graphql')
    .action(() => {
      writeComposition()
      printLine('schema/supergraph.graphql and schema/api.graphql are current.')
    })
  schema
    .command('check')
    .description(
      'compare schema/api.graphql with the last release and name every operation that would break; exits with 1 when something does',
    )
    .option('--tenant <slug>', 'try what this company has published too')
    .option('--all', 'try what every company has published too')
    .option('--json', 'print JSON')
    .action(async (options: { tenant?: string; all?: boolean; json?: boolean }) => {
      const check = await checkAgainstRelease(await publishedOf(options))
      if (options.json === true) printLine(JSON.stringify(check, null, 2))
      else for (const line of checkLines(check)) printLine(line)
      if (!isPassed(check)) process.exitCode = 1
    })
  schema
    .command('release')
    .description('take schema/api.graphql as what clients see from now on, breaking changes included')
    .action(() => {
      writeReleased()
      printLine('schema/released.graphql is what clients see now.')
    })
}

const publishedOf = async (options: {
  readonly tenant?: string
  readonly all?: boolean
}): Promise<readonly KnownOperation[]> => {
  if (options.tenant === undefined && options.all !== true) return []
  const config = readConfig(process.env)
  const slugs = options.all === true ? await asStaff(config, slugsOf) : [options.tenant ?? '']
  const found: KnownOperation[] = []
  for (const slug of slugs) found.push(...(await publishedIn(config, slug)))
  return found
}

const publishedIn = (config: Config, slug: string): Promise<readonly KnownOperation[]> =>
  asOwner(config, slug, async (client) =>
    (await publishedOperations(client)).map(({ name, document, documentId }) => ({
      of: `${slug}, ${documentId}`,
      name,
      document,
    })),
  )

type Page = {
  readonly tenants: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly edges: readonly { readonly node: { readonly slug: string } }[]
  }
}

const TENANTS = `query Tenants($after: String) {
  tenants(first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { slug } } }
}`

const slugsOf = async (client: GraphClient): Promise<readonly string[]> => {
  const slugs: string[] = []
  let after: string | null = null
  for (;;) {
    const { tenants }: Page = await client.ask<Page>(TENANTS, { after })
    slugs.push(...tenants.edges.map(({ node }) => node.slug))
    if (!tenants.pageInfo.hasNextPage) return slugs
    after = tenants.pageInfo.endCursor
  }
}
