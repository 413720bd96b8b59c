/** `schema compose`: the committed supergraph and API schema, made anew from the subgraphs' documents. */
import type { Command } from 'commander'
import { writeComposition } from '@stormops/schema/compose.ts'
import { printLine } from '../terminal.ts'

export const schemaCommand = (program: Command): void => {
  program
    .command('schema')
    .description('the graph’s schema')
    .command('compose')
    .description('compose the subgraphs into schema/supergraph.graphql and schema/api.graphql')
    .action(() => {
      writeComposition()
      printLine('schema/supergraph.graphql and schema/api.graphql are current.')
    })
}
