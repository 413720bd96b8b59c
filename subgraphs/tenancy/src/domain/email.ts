/**
 * An e-mail address names a person on the platform, whatever letters of it are capitals. How addresses compare is the
 * database's to say, in one place for all; here is only what can be an address at all.
 */

/** The longest that mail servers take. */
const EMAIL_LENGTH = 254

/** Something, an at sign, and a host with a dot; only a mail that arrives proves more. */
const EMAIL = /^[^\s@\p{Cc}<>]+@[^\s@\p{Cc}<>]+\.[^\s@\p{Cc}<>]+$/u

export const isEmail = (text: string): boolean => text.length <= EMAIL_LENGTH && EMAIL.test(text)
