/** Mail over SMTP, as `smtp://user:password@host:port` or `smtps://…` names the server. */
import { createTransport } from 'nodemailer'
import { Fault } from '../fault.ts'
import type { Secret } from '../secret.ts'
import type { SendMail } from './mail.ts'

/** A mail server that says nothing for so long is not there; the job tries again later. */
const PATIENCE_MS = 20_000

/** `from` is the sender, as `Name <address>` or an address. Opens a connection for each mail. */
export const smtpMailer = (url: Secret<string>, from: string): SendMail => {
  const transport = createTransport({
    url: url.reveal(),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // What is mailed is text of ours: nothing in it may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ to, subject, text, messageId }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        ...(messageId === undefined ? {} : { messageId: `<${messageId}@${domainOf(from)}>` }),
      })
    } catch (cause) {
      throw new Fault('UNAVAILABLE', 'The mail server did not take the mail.', { cause })
    }
  }
}

/** Of `Name <address>` or an address. */
const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'
