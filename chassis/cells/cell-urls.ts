/** `CELL_URLS`: the databases beside the home cell, each with the name by which companies are placed in it. */
import { HOME_CELL } from '../database/database.ts'

/** As `chassis.cell` keeps it: invoices of a cell carry it in their numbers. */
const NAME = /^[a-z][a-z0-9-]{0,19}$/

export type CellUrls =
  | { readonly kind: 'read'; readonly urls: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly message: string }

const LIKE = 'must be a list like gulf=postgres://user:password@host/database,acme=postgres://…'

const refused = (message: string): CellUrls => ({ kind: 'refused', message })

/** Says nothing of an address in what it refuses: there are passwords in them. */
export const readCellUrls = (text: string): CellUrls => {
  const urls = new Map<string, string>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const at = entry.indexOf('=')
    const [name, url] = [entry.slice(0, at), entry.slice(at + 1)]
    if (at < 0 || !NAME.test(name) || !isDatabase(url)) return refused(LIKE)
    if (name === HOME_CELL) return refused(`names ${HOME_CELL}, which is the database of DATABASE_URL`)
    if (urls.has(name)) return refused(`names ${name} twice`)
    if ([...urls.values()].includes(url)) return refused(`gives ${name} the database of another cell`)
    urls.set(name, url)
  }
  return { kind: 'read', urls }
}

const isDatabase = (url: string): boolean =>
  URL.canParse(url) && ['postgres:', 'postgresql:'].includes(new URL(url).protocol)
