/** Every command of every subgraph: as its file exports it, or as it reads where a command is made with its ports. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '..', '..')

export type KnownCommand = { readonly name: string; readonly permission: string; readonly orStaff: boolean }

type Exported = Omit<KnownCommand, 'orStaff'> & { readonly orStaff?: true; readonly run: unknown }

const isCommand = (value: unknown): value is Exported =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  'permission' in value &&
  'run' in value &&
  'audit' in value

/** By the name of the mutation, which is the command's own without its subgraph. */
export const commandsOf = async (): Promise<readonly KnownCommand[]> => {
  const files = globSync('subgraphs/*/src/commands/*.ts', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  const modules: readonly object[] = await Promise.all(
    files.map((file) => import(pathToFileURL(join(ROOT, file)).href)),
  )
  const exported = modules.flatMap((module) => Object.values(module)).filter(isCommand)
  const written = files.flatMap((file) => writtenIn(readFileSync(join(ROOT, file), 'utf8')))
  const permissions = new Map(
    [...written, ...exported].map(({ name, permission, orStaff }) => [
      afterDot(name),
      { permission, orStaff: orStaff === true },
    ]),
  )
  return [...permissions].map(([name, asked]) => ({ name, ...asked }))
}

const afterDot = (name: string): string => name.slice(name.indexOf('.') + 1)

const WRITTEN = /name: '(\w+\.\w+)',\s+permission: '([\w:]+)',(\s+orStaff: true)?/g

const writtenIn = (text: string): readonly KnownCommand[] =>
  [...text.matchAll(WRITTEN)].map(([, name = '', permission = '', orStaff]) => ({
    name,
    permission,
    orStaff: orStaff !== undefined,
  }))
