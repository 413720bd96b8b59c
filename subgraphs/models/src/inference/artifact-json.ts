/**
 * Text of an artifact to plain values, within bounds. The bounds are checked on the text, before anything is
 * built from it: a few megabytes of brackets would otherwise become gigabytes of objects.
 */
import { ArtifactRefusal } from './artifact-fault.ts'
import type { ArtifactLimits } from './artifact-limits.ts'

/** XGBoost nests seven deep. */
const DEEPEST_NESTING = 32
/** XGBoost writes 18 arrays and objects, and 24 keys, for a tree; the rest of the artifact needs some dozens. */
const CONTAINERS_PER_TREE = 32
const CONTAINERS_BESIDE_TREES = 1_024

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
/** First letters of NaN and Infinity, which XGBoost writes though JSON has neither. */
const LETTER_N = 0x4e
const LETTER_I = 0x49

interface TextShape {
  readonly deepest: number
  readonly containers: number
  readonly keys: number
  /** Position of the first bare NaN or Infinity, or -1. */
  readonly bareNonFinite: number
}

function textShape(text: string): TextShape {
  let depth = 0
  let deepest = 0
  let containers = 0
  let keys = 0
  let bareNonFinite = -1
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at)
    if (letter === QUOTE) at = endOfString(text, at)
    else if (letter === OPEN_ARRAY || letter === OPEN_OBJECT) {
      containers += 1
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (letter === CLOSE_ARRAY || letter === CLOSE_OBJECT) depth -= 1
    else if (letter === COLON) keys += 1
    else if ((letter === LETTER_N || letter === LETTER_I) && bareNonFinite === -1) bareNonFinite = at
  }
  return { deepest, containers, keys, bareNonFinite }
}

function endOfString(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at += 1) {
    const letter = text.charCodeAt(at)
    if (letter === BACKSLASH) at += 1
    else if (letter === QUOTE) return at
  }
  return text.length
}

function decoded(artifact: string | Uint8Array): string {
  if (typeof artifact === 'string') return artifact
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(artifact)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new ArtifactRefusal(
      'NOT_JSON',
      '',
      'The artifact is not UTF-8 text. Save the model as XGBoost JSON (save_model("model.json")), not as UBJSON.',
    )
  }
}

function requireWithinBounds(shape: TextShape, limits: ArtifactLimits): void {
  const mostContainers = limits.trees * CONTAINERS_PER_TREE + CONTAINERS_BESIDE_TREES
  if (shape.deepest > DEEPEST_NESTING) {
    throw new ArtifactRefusal('TOO_LARGE', '', `The artifact nests deeper than ${DEEPEST_NESTING} levels.`)
  }
  if (shape.containers > mostContainers || shape.keys > mostContainers) {
    throw new ArtifactRefusal(
      'TOO_LARGE',
      '',
      'The artifact has more lists and objects than any allowed model.',
    )
  }
}

/**
 * The parsed value of an artifact; throws an ArtifactRefusal (NOT_JSON, TOO_LARGE, CATEGORICAL_SPLIT, NON_FINITE).
 * XGBoost 1.7 writes a bare NaN as the threshold of a categorical split: it is named as what it is.
 */
export function artifactJson(artifact: string | Uint8Array, limits: ArtifactLimits): unknown {
  if (artifact.length > limits.bytes) {
    throw new ArtifactRefusal(
      'TOO_LARGE',
      '',
      `The artifact has ${artifact.length} bytes; at most ${limits.bytes} are taken.`,
    )
  }
  const text = decoded(artifact)
  const shape = textShape(text)
  requireWithinBounds(shape, limits)
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw unreadable(text, shape, cause)
  }
}

function unreadable(text: string, shape: TextShape, cause: SyntaxError): ArtifactRefusal {
  const at = shape.bareNonFinite
  if (at === -1) {
    return new ArtifactRefusal('NOT_JSON', '', `The artifact is not JSON: ${cause.message.slice(0, 200)}`)
  }
  const path = `character ${at}`
  if (/"categories"\s*:\s*\[\s*\d/.test(text)) {
    return new ArtifactRefusal(
      'CATEGORICAL_SPLIT',
      path,
      'The model splits on categories. Encode categorical features as numbers and train again.',
    )
  }
  return new ArtifactRefusal(
    'NON_FINITE',
    path,
    'The artifact contains NaN or Infinity where a number belongs.',
  )
}
