import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { errorCode } from './fault.ts'

/** Field 22 of /proc/<pid>/stat is the start time, field 3 the state; both are counted after the `)` of the name. */
const STATE_AFTER_NAME = 0
const START_TIME_AFTER_NAME = 19

const statFields = (pid: number): readonly string[] | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

const ps = (pid: number, column: string): string => {
  try {
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/**
 * Whether the process still runs. A zombie counts as gone: an orphan whose new parent never reaps (a container
 * with an application as process 1) would otherwise be waited for without end.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, under an account that we may not signal.
    if (errorCode(error) !== 'EPERM') return false
  }
  const state = process.platform === 'linux' ? statFields(pid)?.[STATE_AFTER_NAME] : ps(pid, 'state')[0]
  return state !== 'Z' && state !== 'X'
}

/** A token that differs between two processes which had the same pid one after the other; null when none runs. */
export function startToken(pid: number): string | null {
  if (process.platform !== 'linux') return ps(pid, 'lstart') || null
  const startTime = statFields(pid)?.[START_TIME_AFTER_NAME]
  if (startTime === undefined) return null
  // Ticks since boot repeat after a reboot, so the boot is part of the token.
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTime}`
}

/** Follows a renamed directory, which the command line does not; null for a process of another account. */
const workingDirectory = (pid: number): string | null => {
  try {
    return readlinkSync(join('/proc', String(pid), 'cwd'))
  } catch {
    return null
  }
}

/** Whether the process is a postmaster that was started on this data directory. */
export function isPostmasterOf(pid: number, dataDirectory: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') {
    const command = ps(pid, 'command')
    return /(^|\/)postgres\s/.test(command) && command.includes(` -D ${dataDirectory} `)
  }
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    if (basename(argv[0] ?? '') !== 'postgres') return false
    return argv[argv.indexOf('-D') + 1] === dataDirectory || workingDirectory(pid) === dataDirectory
  } catch {
    return false
  }
}

/**
 * Backends that outlived their postmaster: PostgreSQL processes whose working directory is this data directory.
 * Only Linux can tell; elsewhere the list is empty and they have to end by themselves.
 */
export function backendsOf(dataDirectory: string): readonly number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const executable = readlinkSync(join('/proc', String(pid), 'exe')).replace(/ \(deleted\)$/, '')
        return basename(executable) === 'postgres' && workingDirectory(pid) === dataDirectory && isAlive(pid)
      } catch {
        return false
      }
    })
}

/** Signals a process, unless it has ended meanwhile. */
export function signalProcess(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}
