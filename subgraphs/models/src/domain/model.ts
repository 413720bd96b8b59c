/**
 * A model tells how much contacting a property adds to the chance of a contract. It goes by a name, and every new
 * training of it is a version, which never changes. One version of a name is the champion: the one that answers.
 */

export type ModelKind = 'XGBOOST_UPLIFT_PAIR'
export type ModelState = 'REGISTERED' | 'CHAMPION'

/** Cut points between equal tenths of the scores on `n` rows; new scores are held against them. */
export type ScoreReference = { readonly cutPoints: readonly number[]; readonly n: number }

export type ModelVersion = {
  readonly id: string
  readonly modelName: string
  readonly version: string
  readonly kind: ModelKind
  readonly state: ModelState
  readonly artifactSha256: string
  /** In the order of the artifact. */
  readonly features: readonly string[]
  /** Over both arms. */
  readonly treeCount: number
  /** Null while the version was tried on no rows. */
  readonly reference: ScoreReference | null
  readonly registeredAt: Date
}

export type Model = {
  readonly name: string
  /** Newest first. */
  readonly versions: readonly ModelVersion[]
}

/** The name under which storms are scored. */
export const UPLIFT_MODEL = 'uplift'

/** Long enough for a name that says what it is, short enough for a column of a table. */
const NAME_LENGTH = 60

export type ModelNames = { readonly name: string; readonly version: string }
export type ModelNameFault = { readonly field: 'name' | 'version'; readonly message: string }

/** What is wrong with the names of a new version, or null. */
export const modelNameFault = ({ name, version }: ModelNames): ModelNameFault | null => {
  if (name.length > NAME_LENGTH || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    return {
      field: 'name',
      message: `A model's name has 1 to ${NAME_LENGTH} lower-case letters and digits, with single dashes between them.`,
    }
  }
  if (version.length > NAME_LENGTH || !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(version)) {
    return {
      field: 'version',
      message: `A version's name has 1 to ${NAME_LENGTH} letters, digits, dots, dashes and underscores, and starts with a letter or digit.`,
    }
  }
  return null
}

/** Models in the order of their names, each with its versions newest first. */
export const modelsOf = (versions: readonly ModelVersion[]): readonly Model[] =>
  [...Map.groupBy(versions, ({ modelName }) => modelName)]
    .map(([name, ofModel]) => ({ name, versions: ofModel.toSorted(newestFirst) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** Ids grow with time and settle the order of what was registered in the same instant. */
const newestFirst = (a: ModelVersion, b: ModelVersion): number =>
  b.registeredAt.getTime() - a.registeredAt.getTime() || (a.id < b.id ? 1 : -1)

/** The version that answers, or null. */
export const championOf = ({ versions }: Model): ModelVersion | null =>
  versions.find(({ state }) => state === 'CHAMPION') ?? null
