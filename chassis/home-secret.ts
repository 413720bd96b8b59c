/** Secrets that a home makes for itself, once, and that every process of the home reads. */
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SECRET_BYTES = 32

/** Where a home keeps what only its owner may read. */
export const keyDirectory = (home: string): string => join(home, 'keys')

/** Writes a file for its owner alone. Of processes that write it at once the first one's stays, and all read that. */
export const writeOnce = (file: string, text: string): void => {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    unlinkSync(draft)
  }
}

/** 256 random bits as base64url, kept in `home/keys/<name>.secret`, or in another folder of keys. */
export const homeSecret = (home: string, name: string, directory: string = keyDirectory(home)): string => {
  const file = join(directory, `${name}.secret`)
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    writeOnce(file, randomBytes(SECRET_BYTES).toString('base64url'))
  }
  return readFileSync(file, 'utf8')
}
