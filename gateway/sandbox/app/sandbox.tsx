/** The whole page: the bar, and GraphiQL asking as whoever the bar says. */
import { explorerPlugin } from '@graphiql/plugin-explorer'
import { HISTORY_PLUGIN } from '@graphiql/plugin-history'
import { GraphiQL } from 'graphiql'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { AccountBar } from './account-bar.tsx'
import { graphiqlFetcher } from './graph.ts'
import { useIdentity } from './identity.ts'
import { keptStorage } from './kept-storage.ts'
import { Notice } from './notice.tsx'
import { SAVED_OPERATIONS_PLUGIN, SavedOperationsContext } from './saved-operations-panel.tsx'
import { useSchema } from './schema.ts'
import type { Settings } from './settings.ts'
import { SystemTheme } from './system-theme.tsx'
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

/** What nobody's and staff's operations are kept under. */
const NO_COMPANY = 'platform'

export const Sandbox = ({ settings }: { readonly settings: Settings }): ReactNode => {
  const identity = useIdentity()
  const who = identity.viewer === null ? null : viewKeyOf(identity.viewer)
  const shape = useSchema(who)
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
      <Notice identity={identity} shape={shape} />
      <main className="graph" aria-label="Query editor">
        <GraphiQL
          fetcher={graphiqlFetcher}
          // Null keeps GraphiQL from asking for it.
          schema={shape.kind === 'known' ? shape.schema : null}
          plugins={PLUGINS}
          storage={keptStorage}
          defaultQuery={FIRST_OPERATION}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <SystemTheme />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </SavedOperationsContext>
  )
}
