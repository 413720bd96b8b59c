/** The whole page: the bar, and GraphiQL asking as whoever the bar says. */
import { explorerPlugin } from '@graphiql/plugin-explorer'
import { HISTORY_PLUGIN } from '@graphiql/plugin-history'
import { GraphiQL } from 'graphiql'
import type { GraphQLSchema } from 'graphql'
import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { Shape } from './abilities.ts'
import { AccountBar } from './account-bar.tsx'
import { fetcherOf } from './graph.ts'
import { useIdentity } from './identity.ts'
import { keptStorage } from './kept-storage.ts'
import { SAVED_OPERATIONS_PLUGIN, SavedOperationsContext } from './saved-operations-panel.tsx'
import type { Settings } from './settings.ts'

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

/** What nobody's and staff's operations are kept under. */
const NO_COMPANY = 'platform'

export const Sandbox = ({ settings }: { readonly settings: Settings }): ReactNode => {
  const [shape, setShape] = useState<Shape>({ kind: 'asking' })
  const identity = useIdentity(shape)
  const token = identity.session?.accessToken ?? null
  const onHidden = useCallback(() => setShape({ kind: 'hidden' }), [])
  const onSchema = useCallback((schema: GraphQLSchema) => setShape({ kind: 'known', schema }), [])
  const fetcher = useMemo(() => fetcherOf(token, onHidden), [token, onHidden])
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
      <AccountBar settings={settings} shape={shape} identity={identity} />
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
        >
          <GraphiQL.Logo>
            <></>
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </SavedOperationsContext>
  )
}
