/** docker-compose.yml as docker-compose reads it: anchors merged, variables filled in, every word checked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { read, ROOT } from './settings.ts'
import { tell } from './tools.ts'
import type { Said } from './tools.ts'

export type ComposeService = {
  readonly image?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | number>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly networks: Readonly<Record<string, unknown>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly restart?: string
  readonly profiles?: readonly string[]
  readonly read_only?: boolean
  readonly user?: string
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly stop_grace_period?: string
  readonly mem_limit?: string
  readonly pids_limit?: number
}

export type ComposeFile = {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** The variables that have no value of their own, by deploy/compose.env.example. */
export const REQUIRED: readonly string[] = [
  ...read('deploy/compose.env.example').matchAll(/^([A-Z_]+)=$/gm),
].map(([, name = '']) => name)

/** What somebody would fill in; each so that it is known again wherever it comes out. */
export const FILLED_IN: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'marker-postgres',
  REDIS_PASSWORD: 'marker-redis',
  GRAFANA_PASSWORD: 'marker-grafana',
  PUBLIC_URL: 'https://graph.example.com',
}

/** Runs docker-compose with exactly these variables, and none of a file `.env` that somebody has. */
export const compose = async (
  parameters: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Said> => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-compose-'))
  const file = join(directory, 'compose.env')
  writeFileSync(
    file,
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  try {
    return await tell('docker-compose', [
      '--file',
      join(ROOT, 'docker-compose.yml'),
      '--env-file',
      file,
      '--profile',
      'admin',
      ...parameters,
    ])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

export const readComposeFile = async (): Promise<ComposeFile> => {
  const { code, output, complaint } = await compose(['config'], FILLED_IN)
  if (code !== 0) throw new Error(complaint)
  const file: ComposeFile = parse(output)
  return file
}
