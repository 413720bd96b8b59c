/** Mail that the platform sends: plain text to one person. How it leaves is decided where the platform is put together. */

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  /**
   * Names the mail for ever, without a domain: one that is sent again after a crash is the same mail, which servers
   * and programs of mail may take for such. A new name for each sending when left out.
   */
  readonly messageId?: string
}

/** Throws when the mail could not be handed over; the job that sends it then tries again. */
export type SendMail = (mail: Mail) => Promise<void>

/** A mailbox of development takes every mail, whoever it is for, and shows it. */
export type KeptMail = Mail & { readonly id: string; readonly sentAt: Date }

export type Mailbox = {
  readonly send: SendMail
  /** The newest hundred, newest first. */
  readonly list: () => Promise<readonly KeptMail[]>
  readonly find: (id: string) => Promise<KeptMail | null>
}
