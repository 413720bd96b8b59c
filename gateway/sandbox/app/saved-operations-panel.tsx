/** Saved operations, as one of GraphiQL's own panes: keep what is in the editor, find it again, pass it on. */
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import type { GraphiQLPlugin } from '@graphiql/react'
import { createContext, use, useEffect, useId, useState } from 'react'
import type { ReactNode } from 'react'
import { asFile, fromFile, keepOperations, nameOf, savedOperations } from './saved-operations.ts'
import type { SavedOperation } from './saved-operations.ts'
import { SavedOperationRow } from './saved-operation-row.tsx'
import type { Example } from './settings.ts'

export type SavedOperationsScope = {
  /** What this company's operations are kept under. */
  readonly company: string
  readonly companyName: string | null
  readonly examples: readonly Example[]
}

export const SavedOperationsContext = createContext<SavedOperationsScope>({
  company: '',
  companyName: null,
  examples: [],
})

/** As in telephone.css. */
const NARROW = '(max-width: 700px)'

type Kept = {
  readonly operations: readonly SavedOperation[]
  readonly change: (operations: readonly SavedOperation[]) => void
}

const useKept = (company: string): Kept => {
  const [operations, setOperations] = useState(() => savedOperations(company))
  useEffect(() => {
    const read = (): void => setOperations(savedOperations(company))
    read()
    // Another tab of this browser may save as well.
    window.addEventListener('storage', read)
    return () => window.removeEventListener('storage', read)
  }, [company])
  const change = (next: readonly SavedOperation[]): void => {
    keepOperations(company, next)
    setOperations(next)
  }
  return { operations, change }
}

/** Opens in a tab of its own, so that nothing somebody typed is lost. */
const useOpen = (): ((operation: { readonly query: string; readonly variables?: string }) => void) => {
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'))
  const graphiql = useGraphiQLActions()
  return ({ query, variables = '' }) => {
    if ((queryEditor?.getValue() ?? '').trim() !== '') graphiql.addTab()
    queryEditor?.setValue(query)
    variableEditor?.setValue(variables)
    // On a telephone the pane lies over the editor.
    if (matchMedia(NARROW).matches) graphiql.setVisiblePlugin(null)
  }
}

const SavedOperationsPanel = (): ReactNode => {
  const { company, companyName, examples } = use(SavedOperationsContext)
  const { operations, change } = useKept(company)
  const [removed, setRemoved] = useState<SavedOperation | null>(null)
  const open = useOpen()
  return (
    <section className="saved" aria-label="Saved operations">
      <h2>Saved operations</h2>
      <p className="hint">
        In this browser{companyName === null ? '' : ', for '}
        {companyName === null ? null : <b>{companyName}</b>}
      </p>
      <SaveForm add={(operation) => change([operation, ...operations])} />
      {operations.length === 0 ? <p className="empty">Nothing saved yet.</p> : null}
      <ul aria-label="Yours">
        {operations.map((operation) => (
          <SavedOperationRow
            key={operation.id}
            operation={operation}
            open={() => open(operation)}
            rename={(name) =>
              change(
                operations.map((one) => (one.id === operation.id ? { ...one, name: nameOf(name) } : one)),
              )
            }
            remove={() => {
              setRemoved(operation)
              change(operations.filter(({ id }) => id !== operation.id))
            }}
          />
        ))}
      </ul>
      {removed === null ? null : (
        <p className="removed" role="status">
          <span>Deleted “{removed.name}”.</span>
          <button
            type="button"
            onClick={() => {
              change([removed, ...operations])
              setRemoved(null)
            }}
          >
            Undo
          </button>
        </p>
      )}
      <Sharing kept={{ operations, change }} />
      {examples.length === 0 ? null : <Examples examples={examples} open={(query) => open({ query })} />}
    </section>
  )
}

const SaveForm = ({ add }: { readonly add: (operation: SavedOperation) => void }): ReactNode => {
  const { queryEditor, variableEditor, operationName } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operationName'),
  )
  const [name, setName] = useState('')
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault()
        const query = queryEditor?.getValue() ?? ''
        if (query.trim() === '') return
        add({
          id: crypto.randomUUID(),
          name: nameOf(name === '' ? (operationName ?? '') : name),
          query,
          variables: variableEditor?.getValue() ?? '',
        })
        setName('')
      }}
    >
      <label>
        <span>Name</span>
        <input
          value={name}
          placeholder={operationName ?? 'What it is for'}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit">Save</button>
    </form>
  )
}

const FILE_NAME = 'stormops-operations.json'

const download = (text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = FILE_NAME
  link.click()
  URL.revokeObjectURL(address)
}

const Sharing = ({ kept: { operations, change } }: { readonly kept: Kept }): ReactNode => {
  const [problem, setProblem] = useState<string | null>(null)
  const field = useId()
  const take = async (file: File): Promise<void> => {
    try {
      change([...fromFile(await file.text()), ...operations])
      setProblem(null)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <div className="sharing">
      <button type="button" disabled={operations.length === 0} onClick={() => download(asFile(operations))}>
        Save as a file
      </button>
      <label htmlFor={field} className="button">
        Open a file
        <input
          id={field}
          type="file"
          accept="application/json,.json"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file !== undefined) void take(file)
            // The same file may be chosen again.
            event.target.value = ''
          }}
        />
      </label>
      {problem === null ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

type ExamplesProps = { readonly examples: readonly Example[]; readonly open: (query: string) => void }

const Examples = ({ examples, open }: ExamplesProps): ReactNode => (
  <>
    {[...Map.groupBy(examples, ({ group }) => group)].map(([group, members]) => (
      <div key={group}>
        <h3>{group === '' ? 'Examples' : `Examples: ${group}`}</h3>
        <ul aria-label={group}>
          {members.map(({ name, query }) => (
            <li key={`${name}${query}`}>
              <button type="button" className="name" onClick={() => open(query)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </>
)

const Icon = (): ReactNode => (
  <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d="M5 2.75h10a1 1 0 0 1 1 1v13.5l-6-3.75-6 3.75V3.75a1 1 0 0 1 1-1Z" strokeLinejoin="round" />
  </svg>
)

export const SAVED_OPERATIONS_PLUGIN: GraphiQLPlugin = {
  title: 'Saved operations',
  icon: Icon,
  content: SavedOperationsPanel,
}
