/** `operations publish`, `list` and `retire`: what a company's partners may ask for. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { GraphFault, succeeded } from '../client.ts'
import { readOperations } from '../operation-files.ts'
import type { OperationFile } from '../operation-files.ts'
import { publishAll } from '../publish-operations.ts'
import type { Published } from '../publish-operations.ts'
import { publishedOperations } from '../published-operations.ts'
import type { PublishedOperation } from '../published-operations.ts'
import { asOwner } from '../session.ts'
import { printLine } from '../terminal.ts'

const RETIRE = `mutation RetireOperation($input: RetireOperationInput!) {
  retireOperation(input: $input) {
    __typename
    ... on RetireOperationSuccess { operation { id documentId name retiredAt } }
    ... on UserError { message }
  }
}`

type Options = { readonly tenant: string; readonly json?: boolean }

export const operationsCommand = (program: Command): void => {
  const operations = program.command('operations').description('what a company’s partners may ask for')
  operations
    .command('publish <paths...>')
    .description(
      'publish persisted-documents.json of codegen’s client preset, a manifest of Apollo’s generator, .graphql files or folders of them',
    )
    .requiredOption('--tenant <slug>', 'the company')
    .option('--key <id>', 'the only API key that may ask for them; every key when left out')
    .option('--json', 'print JSON')
    .action(async (paths: string[], options: Options & { readonly key?: string }) => {
      const given = [
        ...new Map(paths.flatMap(readOperations).map((operation) => [operation.id, operation])).values(),
      ]
      if (given.length === 0) throw new GraphFault('There are no operations in what you named.')
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const done = await publishAll(client, given, options.key ?? null)
        for (const line of warningsOf(given)) process.stderr.write(`${line}\n`)
        printPublished(done, given, options.json === true)
      })
    })
  operations
    .command('list')
    .description('what is published, newest first')
    .requiredOption('--tenant <slug>', 'the company')
    .option('--retired', 'show what was retired too')
    .option('--json', 'print JSON')
    .action(async (options: Options & { readonly retired?: boolean }) => {
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const found = await publishedOperations(client, options.retired ?? false)
        if (options.json === true) return printLine(JSON.stringify(found, null, 2))
        if (found.length === 0) printLine('Nothing is published.')
        for (const operation of found) printLine(lineOf(operation))
      })
    })
  operations
    .command('retire <id>')
    .description('end an operation, named by its id (op_…), within five seconds')
    .requiredOption('--tenant <slug>', 'the company')
    .option('--json', 'print JSON')
    .action(async (operationId: string, options: Options) => {
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const { retireOperation } = await client.ask<{
          retireOperation: { __typename: string; message?: string; operation: PublishedOperation }
        }>(RETIRE, { input: { operationId } })
        const { operation } = succeeded(retireOperation)
        printLine(options.json === true ? JSON.stringify(operation) : `${operation.name} is retired.`)
      })
    })
}

/** By file, how many of its ids nobody will find. */
const warningsOf = (given: readonly OperationFile[]): readonly string[] => {
  const byFile = Map.groupBy(
    given.filter(({ givenId }) => givenId !== null),
    ({ file }) => file,
  )
  return [...byFile].map(
    ([file, { length }]) =>
      `${file} names ${length} of its documents by something else than their sha-256. They are published under their sha-256, and clients that send the ids of the file will not find them: generate it with sha256 (hashAlgorithm: 'sha256' in codegen).`,
  )
}

const printPublished = (done: Published, given: readonly OperationFile[], asJson: boolean): void => {
  if (asJson) {
    const otherwiseNamed = given.flatMap(({ id, givenId }) => (givenId === null ? [] : [{ id, givenId }]))
    printLine(JSON.stringify({ ...done, otherwiseNamed }, null, 2))
    return
  }
  for (const { documentId, name, id } of done.operations) printLine(`${documentId}  ${name}  ${id}`)
  printLine(`${done.published} published, ${done.unchanged} were published already.`)
}

const lineOf = ({ documentId, name, id, apiKeyId, retiredAt }: PublishedOperation): string =>
  [
    `${documentId}  ${name}  ${id}`,
    ...(apiKeyId === null ? [] : [`for ${apiKeyId} alone`]),
    ...(retiredAt === null ? [] : [`retired at ${retiredAt}`]),
  ].join('  ')
