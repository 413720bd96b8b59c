/** The whole page: the bar, and GraphiQL asking as whoever the bar says. */
import { explorerPlugin } from '@graphiql/plugin-explorer'
import { HISTORY_PLUGIN } from '@graphiql/plugin-history'
import { GraphiQL } from 'graphiql'
import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { AccountBar } from './account-bar.tsx'
import { fetcherOf } from './graph.ts'
import { useIdentity } from './identity.ts'
import { keptStorage } from './kept-storage.ts'
import { Notice } from './notice.tsx'
import { SAVED_OPERATIONS_PLUGIN, SavedOperationsContext } from './saved-operations-panel.tsx'
import type { Settings } from './settings.ts'
import { viewKeyOf } from './viewer.ts'

/** Made once: GraphiQL takes plugins that are not the same for others. */
const PLUGINS = [SAVED_OPERATIONS_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN]

const FIRST_OPERATION = `# Asks as whoever the bar says.
# Ctrl-Enter runs it.

query WhoAmI {
  viewer {
    actor {
      id
      kind
    }
    tenant {
      name
      status
    }
    roles
    scopes
  }
}
`

/** That the graph did not say to `who` how it is shaped, and why. */
type Hidden = { readonly who: string | null; readonly message: string }

/** What nobody's and staff's operations are kept under. */
const NO_COMPANY = 'platform'

/** Nobody is told how the graph is shaped, so nobody's page asks. Left out, GraphiQL asks. */
const WITHOUT_SCHEMA = { schema: null }

export const Sandbox = ({ settings }: { readonly settings: Settings }): ReactNode => {
  const identity = useIdentity()
  const who = identity.viewer === null ? null : viewKeyOf(identity.viewer)
  const [hidden, setHidden] = useState<Hidden | null>(null)
  // Another fetcher is GraphiQL's reason to read the schema again.
  const fetcher = useMemo(() => fetcherOf((message) => setHidden({ who, message })), [who])
  const onSchema = useCallback(() => setHidden(null), [])
  const tenant = identity.viewer?.tenant ?? null
  const saved = useMemo(
    () => ({
      company: tenant?.id ?? NO_COMPANY,
      companyName: tenant?.name ?? null,
      examples: settings.examples,
    }),
    [tenant, settings],
  )
  return (
    <SavedOperationsContext value={saved}>
      <AccountBar settings={settings} identity={identity} />
      <Notice identity={identity} hidden={who !== null && hidden?.who === who ? hidden.message : null} />
      <main className="graph" aria-label="Query editor">
        <GraphiQL
          fetcher={fetcher}
          plugins={PLUGINS}
          storage={keptStorage}
          defaultQuery={FIRST_OPERATION}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          schemaDescription
          inputValueDeprecation
          onSchemaChange={onSchema}
          {...(who === null ? WITHOUT_SCHEMA : {})}
        >
          <GraphiQL.Logo>
            <></>
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </SavedOperationsContext>
  )
}
