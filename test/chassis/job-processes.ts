/** Workers in processes of their own. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestDatabase } from '../world/database.ts'
import type { JobProcessPlace } from './job-process.fixture.ts'

const PROGRAM = fileURLToPath(new URL('./job-process.fixture.ts', import.meta.url))

/** One that works by the time this resolves. */
export const startWorker = async ({ admin, secret }: TestDatabase): Promise<ChildProcess> => {
  const place: JobProcessPlace = { admin, secret }
  const child = fork(PROGRAM, [JSON.stringify(place)])
  await once(child, 'message')
  return child
}

export const kill = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
