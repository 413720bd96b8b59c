/** Sending a mail as a span; whom it is for and what it says is not in it. */
import type { Tracer } from '../telemetry/tracer.ts'
import type { SendMail } from './mail.ts'

export const mailInTrace = (send: SendMail, tracer: Tracer, server: string): SendMail =>
  tracer.isOn
    ? (mail) =>
        tracer.span('send mail', { role: 'asks', attributes: { 'server.address': server } }, () => send(mail))
    : send
