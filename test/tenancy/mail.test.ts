import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { createLog } from '@stormops/chassis/telemetry/log'
import { systemClock } from '@stormops/chassis/clock'
import { readConfig } from '@stormops/chassis/config'
import { fileMailbox } from '@stormops/chassis/mail/mailbox'
import { smtpMailer } from '@stormops/chassis/mail/smtp'
import { secret } from '@stormops/chassis/secret'
import { mailSettings, openMail } from '@stormops/cli/mail'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { anEmail, INVITE, openBrowser, REDEEM, REQUEST, requestLink } from './browser.ts'

type Taken = { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer }

/** A mail server on this machine that keeps what it takes; `refuse` makes it take nothing. */
const openMailServer = async () => {
  const taken: Taken[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refusals > 0) {
          refusals -= 1
          done(Object.assign(new Error('Not now'), { responseCode: 451 }))
          return
        }
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks) })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.server.address() as AddressInfo
  return {
    url: secret(`smtp://127.0.0.1:${port}`),
    taken,
    refuse: (times: number): void => void (refusals = times),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

let server: Awaited<ReturnType<typeof openMailServer>>
beforeAll(async () => {
  server = await openMailServer()
})
afterAll(() => server.close())
afterEach(() => void server.taken.splice(0))

const parsed = (mail: Taken | undefined) => PostalMime.parse(mail?.raw ?? '')

describe('mail over SMTP', () => {
  it('arrives as it was written', async () => {
    const text =
      'Grüße aus Köln – “hail” ☂\n\n.\nA line that is long: ' +
      'x'.repeat(400) +
      '\nhttps://x.example/#token=a_b-c=\n'
    await smtpMailer(
      server.url,
      'StormOps <no-reply@example.com>',
    )({
      to: 'owner@example.com',
      subject: 'Sign in – jetzt',
      text,
    })
    const [mail] = server.taken
    expect([mail?.from, mail?.to]).toEqual(['no-reply@example.com', ['owner@example.com']])
    const content = await parsed(mail)
    expect(content.subject).toBe('Sign in – jetzt')
    expect(content.from).toMatchObject({ name: 'StormOps', address: 'no-reply@example.com' })
    expect(content.text?.replaceAll('\r\n', '\n')).toBe(text)
    expect(content.html).toBeUndefined()
    expect(content.attachments).toEqual([])
  })

  it('goes to one address, whatever stands in it', async () => {
    const send = smtpMailer(server.url, 'no-reply@example.com')
    await send({ to: 'a@example.com', subject: 'One\r\nBcc: all@example.com', text: 'x' })
    expect(server.taken.map(({ to }) => to)).toEqual([['a@example.com']])
    expect((await parsed(server.taken[0])).bcc ?? []).toEqual([])
  })

  it('that is sent again under its name is the same mail', async () => {
    const send = smtpMailer(server.url, 'StormOps <no-reply@example.com>')
    const mail = { to: 'a@example.com', subject: 'x', text: 'x' }
    for (const messageId of ['usage-1', 'usage-1']) await send({ ...mail, messageId })
    await send(mail)
    const names = (await Promise.all(server.taken.map(parsed))).map(({ messageId }) => messageId)
    expect(names.slice(0, 2)).toEqual(Array(2).fill('<usage-1@example.com>'))
    expect(names[2]).not.toBe(names[0])
  })

  it('that cannot be handed over is the job’s to send again', async () => {
    server.refuse(1)
    const send = smtpMailer(server.url, 'no-reply@example.com')
    const mail = { to: 'a@example.com', subject: 'x', text: 'x' }
    await expect(send(mail)).rejects.toMatchObject({ name: 'Fault', code: 'UNAVAILABLE' })
    await send(mail)
    expect(server.taken).toHaveLength(1)
  })
})

describe('a platform with a mail server', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ mail: { kind: 'smtp', url: server.url, from: null } })
  })
  afterAll(() => world.close())

  it('mails a link that signs in, and tries again when the server does not take it', async () => {
    const tenant = await world.tenant()
    const email = anEmail()
    await tenant.as('OWNER').data(INVITE, { email, role: 'CREW' })
    await until(async () => server.taken.length === 1)
    const invitation = await parsed(server.taken[0])
    expect(invitation.subject).toBe(`You are a member of ${tenant.name} on StormOps Graph`)

    server.refuse(1)
    await openBrowser(world).data(REQUEST, { email })
    await until(async () => server.taken.length === 2)
    const [, mail] = server.taken
    expect([mail?.from, mail?.to]).toEqual(['no-reply@127.0.0.1', [email]])
    const { text = '' } = await parsed(mail)
    const token = new RegExp(`${world.url}/sign-in#token=([\\w-]{43})\\s`).exec(text)?.[1]
    const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token })
    expect(redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
  })

  it('shows no mailbox, and keeps no mail', async () => {
    expect((await fetch(`${world.url}/dev/mail`)).status).toBe(404)
    expect(await fileMailbox(world.home, systemClock).list()).toEqual([])
  })
})

describe('a platform that can send no mail', () => {
  it('is one in production without a server; in development there is a mailbox', () => {
    const settings = (environment: Record<string, string>) => mailSettings(readConfig(environment))
    expect(settings({ NODE_ENV: 'production' })).toEqual({ kind: 'none' })
    expect(settings({ NODE_ENV: 'development' })).toEqual({ kind: 'mailbox' })
    expect(settings({ NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example.com' })).toEqual({
      kind: 'smtp',
      url: secret('smtps://mail.example.com'),
      from: null,
    })
  })

  it('answers alike, and says in its log that mail is not configured', async () => {
    const world = await openWorld({ mail: { kind: 'none' } })
    try {
      const { requestMagicLink } = await openBrowser(world).data(REQUEST, { email: 'owner@example.com' })
      expect(requestMagicLink.__typename).toBe('RequestMagicLinkSuccess')
      expect((await fetch(`${world.url}/dev/mail`)).status).toBe(404)
    } finally {
      await world.close()
    }
    const lines: string[] = []
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString())
        done()
      },
    })
    const place = { home: '', clock: systemClock, log: createLog('info', sink), publicUrl: () => 'http://x' }
    await openMail({ kind: 'none' }, place).send({ to: 'a@example.com', subject: 'x', text: '#token=secret' })
    expect(lines.join()).toContain('Mail is not configured')
    expect(lines.join()).not.toContain('secret')
    expect(lines.join()).not.toContain('a@example.com')
  })
})

describe('the mailbox of development', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const page = async (path: string) => {
    const response = await fetch(`${world.url}${path}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  it('lists mails and shows them, with links to follow and nothing else to do', async () => {
    const tenant = await world.tenant()
    const email = anEmail()
    await tenant.as('OWNER').data(INVITE, { email, role: 'CREW' })
    const token = await requestLink(world, email)
    const list = await page('/dev/mail')
    expect(list.text).toContain(email)
    const id = /href="(\/dev\/mail\/[\w-]+)">Sign in/.exec(list.text)?.[1] ?? ''
    const mail = await page(id)
    const address = `${world.url}/sign-in#token=${token}`
    expect(mail.text).toContain(`<a href="${address}" rel="noreferrer">${address}</a>`)
    for (const { status, headers } of [list, mail]) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; base-uri 'none'; form-action 'none'/,
      )
    }
  })

  it('shows what somebody wrote as text', async () => {
    const evil = `<script>alert(1)</script> "'& javascript:alert(2) https://x.example/"onmouseover=alert(3)`
    await fileMailbox(world.home, systemClock).send({ to: `"<b>"@x.com`, subject: evil, text: evil })
    const [kept] = await fileMailbox(world.home, systemClock).list()
    for (const { text } of [await page('/dev/mail'), await page(`/dev/mail/${kept?.id}`)]) {
      expect(text).toContain('&lt;script&gt;alert(1)')
      expect(text).not.toMatch(/<script|<b>|href="javascript|\sonmouseover=/)
    }
  })

  it.each(['nothing', '..%2f..%2fkeys%2fsigning', '20260101000000000-00000000'])(
    'has no mail %s',
    async (id) => {
      const { status, text } = await page(`/dev/mail/${id}`)
      expect(status).toBe(404)
      expect(JSON.parse(text).errors[0].extensions.code).toBe('NOT_FOUND')
    },
  )
})

describe('the page behind the link', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('has its script and its style in files of ours, and may load nothing else', async () => {
    const response = await fetch(`${world.url}/sign-in`)
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/)
    const parts = [...html.matchAll(/(?:src|href)="(\/sign-in\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(parts.toSorted()).toEqual(['/sign-in/page.css', '/sign-in/page.js'])
    for (const path of parts) {
      const part = await fetch(`${world.url}${path}`)
      expect([path, part.status]).toEqual([path, 200])
      expect(part.headers.get('content-type')).toMatch(/^text\/(css|javascript); charset=utf-8$/)
    }
  })

  it('uses no link up by being looked at', async () => {
    const tenant = await world.tenant()
    const email = anEmail()
    await tenant.as('OWNER').data(INVITE, { email, role: 'CREW' })
    const token = await requestLink(world, email)
    for (const path of [`/sign-in#token=${token}`, `/sign-in?token=${token}`])
      await fetch(`${world.url}${path}`)
    const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token })
    expect(redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
  })
})
