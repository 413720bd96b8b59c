/** The mailbox of development: mails are files of the home, and nobody outside gets one. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { KeptMail, Mailbox } from './mail.ts'

const MAILS_SHOWN = 100

const keptMail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  messageId: z.string().exactOptional(),
  sentAt: z.iso.datetime(),
})

/** The time it was sent, so that names sort by it, and something of its own. */
const MAIL_ID = /^\d{17}-[0-9a-f]{8}$/

export const fileMailbox = (home: string, clock: Clock): Mailbox => {
  const directory = join(home, 'mail')
  const read = async (id: string): Promise<KeptMail> => {
    const { sentAt, ...mail } = keptMail.parse(
      JSON.parse(await readFile(join(directory, `${id}.json`), 'utf8')),
    )
    return { ...mail, id, sentAt: new Date(sentAt) }
  }
  const ids = async (): Promise<readonly string[]> => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return (await readdir(directory))
      .map((file) => file.replace(/\.json$/, ''))
      .filter((id) => MAIL_ID.test(id))
      .sort()
      .reverse()
  }
  return {
    send: async (mail) => {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const sentAt = clock.now().toISOString()
      const id = `${sentAt.replaceAll(/\D/g, '')}-${randomUUID().slice(0, 8)}`
      const draft = join(directory, `${id}.draft`)
      // A link to sign in is worth as much as a password, so only the owner may read it.
      await writeFile(draft, JSON.stringify({ ...mail, sentAt }), { mode: 0o600 })
      await rename(draft, join(directory, `${id}.json`))
    },
    list: async () => Promise.all((await ids()).slice(0, MAILS_SHOWN).map(read)),
    find: async (id) => ((await ids()).includes(id) ? read(id) : null),
  }
}
