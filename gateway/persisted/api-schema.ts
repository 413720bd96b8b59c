/** The graph as clients see it, out of the committed file: what is published is checked against it. */
import { buildSchema } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { readApi } from '@stormops/schema/compose.ts'
import { checkScalars } from '../planner.ts'

export const apiSchemaOf = (sdl: string): GraphQLSchema => {
  const schema = buildSchema(sdl)
  checkScalars(schema)
  return schema
}

export const readApiSchema = (): GraphQLSchema => apiSchemaOf(readApi())
