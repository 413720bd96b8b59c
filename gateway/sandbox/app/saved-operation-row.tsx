/** One saved operation: open it, call it something else, or delete it. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { SavedOperation } from './saved-operations.ts'

type SavedOperationRowProps = {
  readonly operation: SavedOperation
  readonly open: () => void
  readonly rename: (name: string) => void
  readonly remove: () => void
}

export const SavedOperationRow = ({ operation, open, rename, remove }: SavedOperationRowProps): ReactNode => {
  const [draft, setDraft] = useState<string | null>(null)
  if (draft !== null) {
    return (
      <li>
        <form
          className="line"
          onSubmit={(event) => {
            event.preventDefault()
            rename(draft)
            setDraft(null)
          }}
        >
          <input
            aria-label={`New name of ${operation.name}`}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
            ref={(field) => field?.focus()}
          />
          <button type="submit">Rename</button>
        </form>
      </li>
    )
  }
  return (
    <li>
      <button type="button" className="name" onClick={open}>
        {operation.name}
      </button>
      <button
        type="button"
        className="quiet"
        aria-label={`Rename ${operation.name}`}
        onClick={() => setDraft(operation.name)}
      >
        <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
          <path d="m4 13.5-.75 3.25L6.5 16l9-9L13 4.5l-9 9Z" strokeLinejoin="round" />
        </svg>
      </button>
      <button type="button" className="quiet" aria-label={`Delete ${operation.name}`} onClick={remove}>
        <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
          <path d="M4 6h12M8 6V4h4v2m-6 0 .75 10h6.5L14 6" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </button>
    </li>
  )
}
