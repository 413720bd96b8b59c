/** A spool in a directory of its own, and ways to end the process that owns it, for tests. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@stormops/chassis/values/ids'
import { logLines } from '../testing/log-lines.ts'
import type { MeteredOperation } from './metered-operation.ts'
import type { MeteringFailure } from './metering-metrics.ts'
import { openSpool } from './spool.ts'
import type { Spool, SpoolBounds } from './spool.ts'

export const aDirectory = (): string => mkdtempSync(join(tmpdir(), 'stormops-spool-'))

let made = 0

export const anOperation = (different: Partial<MeteredOperation> = {}): MeteredOperation => ({
  eventId: newId(),
  tenantId: '018f2b1c-0000-7000-8000-000000000001',
  actorKind: 'USER',
  actorId: 'usr_1',
  operationName: `Operation${(made += 1)}`,
  operationType: 'query',
  cost: 3,
  outcome: 'ok',
  at: 1_700_000_000_000,
  ...different,
})

export const operations = (count: number): readonly MeteredOperation[] =>
  Array.from({ length: count }, () => anOperation())

export type TestSpool = Spool & {
  readonly log: ReturnType<typeof logLines>
  readonly failures: Partial<Record<MeteringFailure, number>>
  /** Everything that waits, as the ledger would get it, batch by batch. */
  readonly drain: (most?: number) => Promise<readonly MeteredOperation[]>
  readonly clock: { milliseconds: number }
}

export const aSpool = (directory: string, bounds: Partial<SpoolBounds> = {}): TestSpool => {
  const log = logLines()
  const failures: Partial<Record<MeteringFailure, number>> = {}
  const clock = { milliseconds: 0 }
  const spool = openSpool({
    directory,
    newId,
    log: log.log,
    metrics: { failed: (what, times = 1) => void (failures[what] = (failures[what] ?? 0) + times) },
    now: () => clock.milliseconds,
    bounds,
  })
  const drain = async (most = 1_000): Promise<readonly MeteredOperation[]> => {
    const written: MeteredOperation[] = []
    for (;;) {
      const batch = await spool.next(most)
      if (batch.length === 0) return written
      written.push(...batch.map(({ operation }) => operation))
      spool.acknowledge(batch)
    }
  }
  return { ...spool, log, failures, drain, clock }
}

export const filesIn = (directory: string, ending: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith(ending))
        .toSorted()
    : []

/** What a process leaves that is killed: its files, under a number that nobody has any more. */
export const asIfKilled = (directory: string): void =>
  renameOwners(directory, ([, ...rest]) => [deadPid(), ...rest])

/** The number is another process's now. */
export const asIfNumberWasGivenAgain = (directory: string): void =>
  renameOwners(directory, ([pid, , ...rest]) => [pid, '000000000000', ...rest])

/** The process is one that we cannot see: of another container or machine. */
export const asIfElsewhere = (directory: string): void =>
  renameOwners(directory, ([pid, start, , ...rest]) => [pid, start, 'ffffffffffff', ...rest])

type Parts = readonly (string | undefined)[]

const renameOwners = (directory: string, change: (parts: Parts) => Parts): void => {
  for (const file of readdirSync(directory)) {
    const [owner = '', ...rest] = file.split('.')
    if (!owner.startsWith(`${process.pid}-`)) continue
    renameSync(
      join(directory, file),
      join(directory, [change(owner.split('-')).join('-'), ...rest].join('.')),
    )
  }
}

const deadPid = (): string => String(spawnSync(process.execPath, ['-e', '']).pid)
