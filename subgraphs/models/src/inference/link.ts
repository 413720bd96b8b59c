/**
 * A model adds up on a scale without limits; its link brings the sum to the scale of the answer.
 * Logistic objectives answer a probability, count and amount objectives a positive number.
 * Every step is float32, in the order of XGBoost's regression losses (`ProbToMargin`, `PredTransform`, `Sigmoid`).
 */
import type { Objective } from './boosted-trees.ts'
import { float32Exp } from './float32-exp.ts'

/** XGBoost caps the exponent here, since e^88.73 no longer fits a float32. */
const LARGEST_EXPONENT = Math.fround(88.7)

/** `logit` models start their sum on the logistic scale but answer the bare margin. */
type Link = 'identity' | 'logistic' | 'logit' | 'log'

const LINKS: Readonly<Record<Objective, Link>> = {
  'binary:logistic': 'logistic',
  'reg:logistic': 'logistic',
  'binary:logitraw': 'logit',
  'reg:squarederror': 'identity',
  'count:poisson': 'log',
  'reg:gamma': 'log',
  'reg:tweedie': 'log',
}

/** Whether predictions are probabilities, so that two of them may be subtracted into an uplift. */
export function answersProbability(objective: Objective): boolean {
  return LINKS[objective] === 'logistic'
}

/**
 * Float32 margin of a base score (given on the scale of the answer).
 * Its logarithm is correctly rounded; the C library's `logf` under XGBoost is 1 ulp off that for one score in 200.
 * Null when the base score lies outside the link: not in (0, 1) for logistic, not positive for log.
 */
export function marginOfBaseScore(objective: Objective, baseScore: number): number | null {
  const score = Math.fround(baseScore)
  switch (LINKS[objective]) {
    case 'identity':
      return Number.isFinite(score) ? score : null
    case 'logistic':
    case 'logit':
      if (!(score > 0 && score < 1)) return null
      return finiteOrNull(-Math.fround(Math.log(Math.fround(Math.fround(1 / score) - 1))))
    case 'log':
      return score > 0 ? finiteOrNull(Math.fround(Math.log(score))) : null
  }
}

function finiteOrNull(margin: number): number | null {
  return Number.isFinite(margin) ? margin : null
}

/** Turns margins into predictions in place: probabilities, amounts (Infinity above a margin of 88.7), or themselves. */
export function applyLink(objective: Objective, margins: Float32Array): void {
  const link = LINKS[objective]
  if (link === 'logistic') {
    for (let row = 0; row < margins.length; row += 1) margins[row] = sigmoid(margins[row] ?? 0)
  }
  if (link === 'log') {
    for (let row = 0; row < margins.length; row += 1) margins[row] = float32Exp(margins[row] ?? 0)
  }
}

/** 1 / (1 + e^-x) with every intermediate rounded to float32. */
function sigmoid(margin: number): number {
  const exponent = Math.min(-margin, LARGEST_EXPONENT)
  return Math.fround(1 / Math.fround(float32Exp(exponent) + 1))
}
