/** A labelled choice of one out of several. */
import type { ReactNode } from 'react'

type ChoiceProps = {
  readonly label: string
  readonly value: string | null
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly choose: (value: string) => void
}

export const Choice = ({ label, value, options, choose }: ChoiceProps): ReactNode => (
  <label>
    <span>{label}</span>
    <select value={value ?? ''} disabled={value === null} onChange={(event) => choose(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  </label>
)
