/** Which page an address is of. */
import type { Account } from '../account.ts'
import type { Answer, Asked } from '../http/answer.ts'
import { Refusal } from '../wire/refusal.ts'
import { plainPage } from './layout.ts'
import { payPage, usePayPage } from './pay-page.ts'
import { portalPage, usePortalPage } from './portal-page.ts'

export const createPages =
  (account: Account) =>
  (asked: Asked): Answer => {
    try {
      return answerTo(account, asked)
    } catch (error) {
      account.store.rollback()
      if (error instanceof Refusal) return plainPage(error.status, 'That cannot be done', error.message)
      throw error
    } finally {
      account.store.commit()
    }
  }

const answerTo = (account: Account, asked: Asked): Answer => {
  const [, kind, id] = /^\/(pay|portal)\/(\w+)$/.exec(asked.path) ?? []
  if (kind === undefined || id === undefined) return elsewhere(asked)
  if (asked.method === 'GET' || asked.method === 'HEAD') {
    const done = new URLSearchParams(asked.query).get('done')
    return kind === 'pay' ? payPage(account, id) : portalPage(account, id, done)
  }
  if (asked.method !== 'POST') return plainPage(405, 'Not like this', 'A page is read, or its form is sent.')
  if (!isFromHere(asked, account)) {
    return plainPage(403, 'Not from there', 'A form of this page was sent by another page.')
  }
  const form = new URLSearchParams(asked.body)
  return kind === 'pay' ? usePayPage(account, id, form) : usePortalPage(account, id, form)
}

/** A browser says where a form was; what is no browser says nothing. */
const isFromHere = ({ headers }: Asked, account: Account): boolean => {
  const { port } = new URL(account.url())
  const { origin } = headers
  return origin === undefined || [`http://127.0.0.1:${port}`, `http://localhost:${port}`].includes(origin)
}

const elsewhere = ({ path }: Asked): Answer =>
  path === '/'
    ? plainPage(
        200,
        'A Stripe of our own',
        'It listens on this machine only. docs/stripe.md says what it does, and what not.',
      )
    : plainPage(404, 'No such page', 'There is nothing at this address.')
