/** The mailbox of development in a browser: what would have been sent, with its links to follow. Never in production. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { KeptMail, Mailbox } from '@stormops/chassis/mail/mail'
import { HttpRefusal } from './errors.ts'

/** Nothing but text and links: no script, no style, no picture, no form. */
const MAIL_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const mailRoutes =
  (mailbox: Mailbox) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/dev/mail', async (_request, reply) => sendPage(reply, 'Mail', listOf(await mailbox.list())))
    app.get<{ Params: { id: string } }>('/dev/mail/:id', async (request, reply) => {
      const mail = await mailbox.find(request.params.id)
      if (mail === null) throw new HttpRefusal(404, 'There is no such mail.')
      return sendPage(reply, mail.subject, mailOf(mail))
    })
  }

const sendPage = (reply: FastifyReply, title: string, body: string): FastifyReply =>
  reply
    .header('content-security-policy', MAIL_POLICY)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>` +
        `<body>${body}</body></html>\n`,
    )

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

const LINK = /https?:\/\/[^\s<>"']+/g

/** Only what begins as a web address becomes a link, and all of it is escaped. */
const withLinks = (text: string): string => {
  const links = [...text.matchAll(LINK)]
  let place = 0
  const parts = links.map(({ 0: address, index }) => {
    const before = escaped(text.slice(place, index))
    place = index + address.length
    return `${before}<a href="${escaped(address)}" rel="noreferrer">${escaped(address)}</a>`
  })
  return [...parts, escaped(text.slice(place))].join('')
}

const listOf = (mails: readonly KeptMail[]): string => {
  if (mails.length === 0) return '<h1>Mail</h1><p>Nothing was sent yet.</p>'
  const items = mails.map(
    ({ id, to, subject, sentAt }) =>
      `<li><a href="/dev/mail/${escaped(id)}">${escaped(subject)}</a> to ${escaped(to)}, ` +
      `<time>${sentAt.toISOString()}</time></li>`,
  )
  return `<h1>Mail</h1><ul>${items.join('')}</ul>`
}

const mailOf = ({ to, subject, text, sentAt }: KeptMail): string =>
  `<p><a href="/dev/mail">All mail</a></p><h1>${escaped(subject)}</h1>` +
  `<p>To ${escaped(to)}, <time>${sentAt.toISOString()}</time></p><pre>${withLinks(text)}</pre>`
