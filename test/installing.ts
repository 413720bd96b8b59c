/** Programs the tests need beside the packages: found on the PATH, or installed where that is possible. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export const onPath = (command: string): string | null => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, command)).find(isExecutable) ?? null
}

export const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Only an administrator of a machine with apt can; elsewhere nothing happens. Returns what failed, or null. */
export const installWithApt = async (name: string): Promise<string | null> => {
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) return null
  console.log(`${name} is missing; installing it with apt-get.`)
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    const apt = spawn('apt-get', ['-qq', ...parameters], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    const [code] = await once(apt, 'close')
    if (code !== 0) return `apt-get ${parameters.join(' ')} failed.`
  }
  return null
}
