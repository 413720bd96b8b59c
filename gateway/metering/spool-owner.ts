/**
 * Whose segments they are. A process writes its identity into the names of its files and keeps a lease, a file that it
 * touches while it lives. Of processes that we can see, the system says whether they live; of others, such as those in
 * another container or on another machine with the same directory, only the lease tells.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isAlive, startToken } from '@stormops/chassis/database/embedded/process-identity'
import type { NewId } from '@stormops/chassis/values/ids'

/** Between two touches of a lease. */
export const LEASE_BEAT_MS = 5_000

/** A lease that nobody touched for so long belongs to nobody. Network file systems show a touch up to a minute late. */
export const LEASE_PATIENCE_MS = 120_000

export type Owner = {
  /** `<pid>-<start>-<scope>-<number>`, without dots. */
  readonly name: string
  readonly touch: () => void
  /** What is left may be adopted at once. */
  readonly release: () => void
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** Within one scope, processes see each other's numbers. It changes with every boot, as the numbers do. */
const ownScope = (): string => {
  if (process.platform !== 'linux') return hashed(hostname())
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return hashed(`${boot} ${readlinkSync('/proc/self/ns/pid')}`)
}

const leaseOf = (directory: string, owner: string): string => join(directory, `${owner}.alive`)

/** Two spools of one process are two owners. */
export const becomeOwner = (directory: string, newId: NewId): Owner => {
  const start = hashed(startToken(process.pid) ?? '')
  const name = `${process.pid}-${start}-${ownScope()}-${newId().slice(-12)}`
  const lease = leaseOf(directory, name)
  writeFileSync(lease, '')
  return {
    name,
    touch: () => {
      try {
        const now = new Date()
        utimesSync(lease, now, now)
      } catch {
        // Whoever took us for gone has adopted what there was; what comes is ours again.
        writeFileSync(lease, '')
      }
    },
    release: () => rmSync(lease, { force: true }),
  }
}

export type Judge = {
  /** Whether what this owner left may be adopted. `now` is in milliseconds and only ever compared with itself. */
  readonly isGone: (owner: string, now: number) => boolean
  /** Its segments are adopted, and nothing is left to watch. */
  readonly forget: (owner: string) => void
}

/** Remembers when each lease of an unseen process was last found changed. */
export const judgeOf = (directory: string): Judge => {
  const scope = ownScope()
  const seen = new Map<string, { readonly touchedAt: number; readonly since: number }>()
  return {
    isGone: (owner, now) => {
      const lease = statSync(leaseOf(directory, owner), { throwIfNoEntry: false })
      if (lease === undefined) return true
      const [pid, start, scopeThere] = owner.split('-')
      if (scopeThere === scope) return !isSame(Number(pid), start)
      const known = seen.get(owner)
      if (known?.touchedAt === lease.mtimeMs) return now - known.since >= LEASE_PATIENCE_MS
      seen.set(owner, { touchedAt: lease.mtimeMs, since: now })
      return false
    },
    forget: (owner) => {
      seen.delete(owner)
      rmSync(leaseOf(directory, owner), { force: true })
    },
  }
}

const isSame = (pid: number, start: string | undefined): boolean =>
  isAlive(pid) && hashed(startToken(pid) ?? '') === start
