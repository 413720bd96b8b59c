/** docs/operate.md: its headings as anchors, its tables, and the commands it tells somebody to type. */
import { read } from './settings.ts'

export const OPERATE: string = read('docs/operate.md')

/** As GitHub makes an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

export const ANCHORS: ReadonlySet<string> = new Set(
  [...OPERATE.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
)

/** The text below one heading, up to the next of its kind or a higher one. */
export const sectionOf = (heading: string): string => {
  const start = OPERATE.indexOf(`\n## ${heading}\n`)
  if (start === -1) throw new Error(`There is no section ${heading}.`)
  const end = /\n#{1,2} /.exec(OPERATE.slice(start + 1))
  return OPERATE.slice(start, end === null ? undefined : start + 1 + end.index)
}

/** What stands between backquotes in the first column of a table. */
export const firstColumn = (section: string): readonly string[] =>
  [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name)

/** Each `stormops …` of a line of code, without what is piped or comes after. */
export const COMMANDS_TOLD: readonly string[] = [
  ...new Set(
    [...OPERATE.matchAll(/(?<!--namespace )(?:stormops|\badmin) ([a-z]+(?: [^`\n|#&;)…]*)?)/g)]
      .filter(({ index }) => isCode(index))
      .map(([, command = '']) => command.trim()),
  ),
]

function isCode(index: number): boolean {
  const before = OPERATE.slice(0, index)
  const isFenced = (before.match(/^```/gm) ?? []).length % 2 === 1
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return isFenced || (line.match(/`/g) ?? []).length % 2 === 1
}
