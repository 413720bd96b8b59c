/** Where a platform that serves a home is reached, as it left word in there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const serverAddress = z.object({ url: z.string(), pid: z.number() })

export const addressFile = (home: string): string => join(home, 'server.json')

/** The address of a platform that serves this home in another process, or null. */
export const runningUrl = async (home: string): Promise<string | null> => {
  if (!existsSync(addressFile(home))) return null
  const address = serverAddress.parse(JSON.parse(readFileSync(addressFile(home), 'utf8')))
  return address.pid !== process.pid && isAlive(address.pid) && (await answers(address.url))
    ? address.url
    : null
}

/** A number of a process is given to another one later; only an answer says that it is ours. */
const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(HEALTH_MS) })).ok
  } catch {
    return false
  }
}

const HEALTH_MS = 2_000

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user cannot be signalled, and is alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
