/** What the server tells the page about itself, and the tokens it gives away while somebody develops. */

export type Example = { readonly name: string; readonly group: string; readonly query: string }
export type Settings = { readonly developmentSignIn: boolean; readonly examples: readonly Example[] }
export type Company = { readonly slug: string; readonly name: string }
export type GivenToken = { readonly accessToken: string; readonly expiresAt: string }

/** The server's own routes answer in these shapes; its tests hold it to them. */
const readJson = async <Shape>(address: string, init?: RequestInit): Promise<Shape> => {
  const response = await fetch(address, init)
  const body = (await response.json()) as Shape & {
    readonly errors?: readonly { readonly message: string }[]
  }
  if (!response.ok) throw new Error(body.errors?.[0]?.message ?? `The server answered ${response.status}.`)
  return body
}

export const readSettings = (): Promise<Settings> => readJson('/sandbox/settings')

export const readCompanies = async (): Promise<readonly Company[]> =>
  (await readJson<{ readonly companies: readonly Company[] }>('/sandbox/companies')).companies

/** `tenant` null is staff. */
export const developmentToken = (tenant: string | null, role: string): Promise<GivenToken> =>
  readJson('/sandbox/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, role }),
  })
