/** The machine and the folders that a process stands on: Node, the home, the disk, the keys. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '@stormops/chassis/config'
import { signsFrom, signingKeys } from '@stormops/chassis/signing-keys'
import { systemClock } from '@stormops/chassis/clock'
import { ill, skipped, well } from './finding.ts'
import type { Check, Finding } from './finding.ts'

/** Runs the sources as they are, and is what everything is tested with. */
const NODE_MAJOR = 24

/** Below it PostgreSQL and the platform soon have nowhere to write; the alert on disks has the same line. */
const LEAST_FREE_SHARE = 0.1
const GIGABYTE = 1024 ** 3

export const placeChecks = (config: Config): readonly Check[] => [
  { name: 'Node', look: async () => nodeVersion() },
  { name: 'Home', look: async () => homeIsWritable(config) },
  { name: 'Disk', look: () => diskSpace(config) },
  { name: 'Keys', look: () => keys(config) },
]

const nodeVersion = (): Finding => {
  const { node } = process.versions
  return Number(node.split('.')[0]) === NODE_MAJOR
    ? well(node)
    : ill(`This is Node ${node}.`, `Run it on Node ${NODE_MAJOR}, as \`npx -y pnpm@12 stormops\` does.`)
}

const may = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}

const homeIsWritable = ({ home }: Config): Finding => {
  if (!existsSync(home)) return skipped(`${home} is not there yet; the first start makes it.`)
  return may(home, constants.W_OK)
    ? well(home)
    : ill(
        `${home} cannot be written.`,
        'Give it to the account that runs the platform, or set STORMOPS_HOME.',
      )
}

const diskSpace = async ({ home }: Config): Promise<Finding> => {
  if (!existsSync(home)) return skipped('The home is not there yet.')
  const { bavail, blocks, bsize } = await statfs(home)
  const share = blocks === 0 ? 1 : bavail / blocks
  const detail = `${((bavail * bsize) / GIGABYTE).toFixed(1)} GB free, ${(share * 100).toFixed(0)} %`
  return share >= LEAST_FREE_SHARE
    ? well(detail)
    : ill(detail, 'Make room or the volume larger: docs/operate.md#disk-nearly-full.')
}

const SECRET_FILE = /\.(?:jwk|secret)$/

const keys = async ({ home, keysDirectory }: Config): Promise<Finding> => {
  const missing = `There are no keys in ${keysDirectory}.`
  if (!existsSync(home) && !existsSync(keysDirectory)) return skipped('The first start makes them.')
  // Looking makes no keys: those of a folder that was mounted wrongly would be nobody else's.
  if (!existsSync(join(keysDirectory, 'signing.jwk'))) {
    return ill(
      missing,
      'Mount the folder that the other processes have, or `stormops keys create` for a new one.',
    )
  }
  const files = readdirSync(keysDirectory).filter((file) => SECRET_FILE.test(file))
  const open = files.filter((file) => (statSync(join(keysDirectory, file)).mode & 0o007) !== 0)
  if (open.length > 0) {
    return ill(`Everybody on this machine may read ${open.join(', ')}.`, `chmod o= ${keysDirectory}/*`)
  }
  const ring = await signingKeys(home, keysDirectory)
  const now = systemClock.now()
  const { kid } = ring.signing(now)
  const coming = ring.verifying(ring.keySet(now)[0]?.kid ?? '', now)
  const next =
    coming === null || coming.kid === kid ? '' : `, ${coming.kid} from ${signsFrom(coming).toISOString()}`
  return well(`${kid} signs${next}`)
}
