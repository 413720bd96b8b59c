/** How far a pilot is, as the database keeps it. */
import { uuidOf } from '../world/world.ts'
import type { Rows } from './rows.ts'

export type Steps = Readonly<Record<string, readonly [status: string, attempts: number]>>

export const stepsOf = async (rows: Rows, pilotId: string): Promise<Steps> =>
  Object.fromEntries(
    (
      await rows.many<{ step: string; status: string; attempts: number }>(
        `select step, status, attempts from chassis.job_step where subject = $1`,
        [`pilot:${uuidOf(pilotId)}`],
      )
    ).map(({ step, status, attempts }) => [step, [status, attempts] as const]),
  )

export const storedPilot = (rows: Rows, pilotId: string) =>
  rows.one<{ measurements: any; input_hash: string; pdf_sha256: string; status: string }>(
    `select measurements, input_hash, pdf_sha256, status from storms.pilot where id = $1`,
    [uuidOf(pilotId)],
  )
