/** Where mail goes: to a mail server, to the mailbox of development, or nowhere, which is said in the log. */
import type { Clock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import type { Mailbox, SendMail } from '@stormops/chassis/mail/mail'
import { fileMailbox } from '@stormops/chassis/mail/mailbox'
import { mailInTrace } from '@stormops/chassis/mail/mail-in-trace'
import { smtpMailer } from '@stormops/chassis/mail/smtp'
import { unreachable } from '@stormops/chassis/fault'
import type { Secret } from '@stormops/chassis/secret'
import type { Log } from '@stormops/chassis/telemetry/log'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'

export type MailSettings =
  | { readonly kind: 'smtp'; readonly url: Secret<string>; readonly from: string | null }
  | { readonly kind: 'mailbox' }
  | { readonly kind: 'none' }

export const mailSettings = ({ smtpUrl, smtpFrom, environment }: Config): MailSettings => {
  if (smtpUrl !== null) return { kind: 'smtp', url: smtpUrl, from: smtpFrom }
  return environment === 'production' ? { kind: 'none' } : { kind: 'mailbox' }
}

export type MailPlace = {
  readonly home: string
  readonly clock: Clock
  readonly log: Log
  readonly publicUrl: () => string
  /** Default nothing is traced. */
  readonly tracer?: Tracer
}

/** `mailbox` is there to be shown, and null wherever mail really leaves or none is sent. */
export type OpenMail = { readonly send: SendMail; readonly mailbox: Mailbox | null }

export const openMail = (settings: MailSettings, place: MailPlace): OpenMail => {
  const { home, clock, log, publicUrl, tracer = noTracer } = place
  switch (settings.kind) {
    case 'smtp': {
      const { url, from } = settings
      const send: SendMail = (mail) => smtpMailer(url, from ?? senderAt(publicUrl()))(mail)
      return { send: mailInTrace(send, tracer, new URL(url.reveal()).hostname), mailbox: null }
    }
    case 'mailbox': {
      const mailbox = fileMailbox(home, clock)
      return { send: mailbox.send, mailbox }
    }
    case 'none':
      return {
        send: async () => log.error('Mail is not configured, so nobody can sign in: set SMTP_URL.'),
        mailbox: null,
      }
    default:
      return unreachable(settings)
  }
}

const senderAt = (publicUrl: string): string => `StormOps Graph <no-reply@${new URL(publicUrl).hostname}>`
