/**
 * The bundle of the sandbox's page. It is not committed: the first process that needs it builds it into a cache, and
 * every later one finds it there.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '@stormops/chassis/telemetry/log'
import { MANIFEST_FILE, readBundle } from './bundle-files.ts'
import type { Bundle } from './bundle-files.ts'
import { BUILD_PROGRAM, bundleHash } from './bundle-sources.ts'

export type BundleState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'building' }
  | { readonly kind: 'ready'; readonly bundle: Bundle }
  | { readonly kind: 'failed' }

export type BundleCache = {
  readonly state: () => BundleState
  /** Finds the bundle or starts to build it; returns at once. A build that failed is tried again. */
  readonly prepare: () => void
  /** Ends when the bundle is there, or cannot be had. */
  readonly settled: () => Promise<BundleState>
  /** A build under way is given up. */
  readonly stop: () => Promise<void>
}

/** What somebody has to read of a build that failed. */
const TOLD_CHARACTERS = 4_000

export type BundleCacheOptions = {
  readonly log: Log
  /** Where bundles are kept; asked for when one is needed. */
  readonly directory: () => string
}

export const bundleCache = ({ log, directory }: BundleCacheOptions): BundleCache => {
  let state: BundleState = { kind: 'missing' }
  let building: Promise<void> = Promise.resolve()
  let child: ChildProcess | null = null
  let stopped = false

  const build = async (cache: string, hash: string): Promise<void> => {
    const start = performance.now()
    child = spawn(process.execPath, [BUILD_PROGRAM, cache, hash], { stdio: ['ignore', 'ignore', 'pipe'] })
    const { code, complaints } = await outcomeOf(child)
    child = null
    if (stopped) return
    if (code !== 0) throw new Error(`The build ended with ${code}. ${complaints.slice(-TOLD_CHARACTERS)}`)
    state = { kind: 'ready', bundle: readBundle(join(cache, hash)) }
    log.info({ ms: Math.round(performance.now() - start) }, 'The sandbox is built.')
  }

  const prepare = (): void => {
    if (stopped || state.kind === 'ready' || state.kind === 'building') return
    try {
      const hash = bundleHash()
      const cache = directory()
      if (existsSync(join(cache, hash, MANIFEST_FILE))) {
        state = { kind: 'ready', bundle: readBundle(join(cache, hash)) }
        return
      }
      state = { kind: 'building' }
      building = build(cache, hash).catch(failed)
    } catch (error) {
      failed(error)
    }
  }
  const failed = (error: unknown): void => {
    state = { kind: 'failed' }
    log.error({ err: error }, 'The sandbox could not be built.')
  }

  return {
    state: () => state,
    prepare,
    settled: async () => {
      await building
      return state
    },
    stop: async () => {
      stopped = true
      child?.kill('SIGKILL')
      await building
    },
  }
}

type Outcome = { readonly code: number | null; readonly complaints: string }

const outcomeOf = (child: ChildProcess): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, complaints: Buffer.concat(chunks).toString('utf8') }))
  })

const INSTALLED = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Beside the installed packages, since all homes share it; in `home` when nothing may be written there. */
export const bundleDirectory = (home: string): string => {
  const [beside, own] = [join(INSTALLED, '.cache', 'stormops-sandbox'), join(home, 'cache', 'sandbox')]
  const cache = isWritable(beside) ? beside : own
  mkdirSync(cache, { recursive: true })
  return cache
}

const isWritable = (directory: string): boolean => {
  try {
    mkdirSync(directory, { recursive: true })
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return false
  }
}
