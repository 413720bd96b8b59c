/** Where somebody comes back to from a page of Stripe's: a page over HTTPS, or one of the platform's own address. */

const LONGEST = 2_000

/** What is wrong with an address that a client gave, or null. */
export const addressFault = (text: string, publicUrl: string): string | null => {
  if (text.length > LONGEST || !URL.canParse(text))
    return `It is no address of at most ${LONGEST} characters.`
  const { protocol, origin, username, password } = new URL(text)
  if (username !== '' || password !== '') return 'An address to come back to holds no name and no password.'
  const isOwn = URL.canParse(publicUrl) && new URL(publicUrl).origin === origin && /^https?:$/.test(protocol)
  return protocol === 'https:' || isOwn ? null : `It begins with https://, or with ${publicUrl}.`
}
