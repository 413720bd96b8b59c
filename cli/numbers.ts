/** Numbers that a person types after an option. */
import { InvalidArgumentError } from 'commander'

/** A number that is none would vanish on its way, and a pilot would start without it. */
export const numberOption = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`${text} is no number.`)
  return value
}
