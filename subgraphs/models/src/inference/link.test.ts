import { describe, expect, it } from 'vitest'
import { anArtifact, leaf, modelOf } from './an-artifact.ts'
import { predictions } from './evaluate.ts'
import { float32Exp } from './float32-exp.ts'
import { answersProbability, applyLink, marginOfBaseScore } from './link.ts'

/** Base margin and prediction of a model whose only leaf adds 1. */
function answerOf(objective: string, baseScore: string): { margin: number; prediction: number } {
  const model = modelOf(anArtifact({ objective, baseScore, trees: [leaf(1)] }))
  const [prediction] = predictions(model, [new Float32Array(1), new Float32Array(1)], 1)
  return { margin: model.baseMargin, prediction: prediction! }
}

const LOGIT_OF_A_QUARTER = Math.fround(-Math.log(3))

describe('each objective has its own way from the base score to the margin and from the margin to the answer', () => {
  it.each(['binary:logistic', 'reg:logistic'])('%s: logit, and the logistic curve back', (objective) => {
    const { margin, prediction } = answerOf(objective, '2.5E-1')
    expect(margin).toBe(LOGIT_OF_A_QUARTER)
    expect(prediction).toBeCloseTo(1 / (1 + 3 * Math.exp(-1)), 6)
    expect(prediction).toBe(Math.fround(prediction))
  })

  it('binary:logitraw: logit, and the margin itself', () => {
    const { margin, prediction } = answerOf('binary:logitraw', '2.5E-1')
    expect(margin).toBe(LOGIT_OF_A_QUARTER)
    expect(prediction).toBe(Math.fround(LOGIT_OF_A_QUARTER + 1))
  })

  it('reg:squarederror: the score and the margin themselves', () => {
    expect(answerOf('reg:squarederror', '-2.5E-1')).toEqual({ margin: -0.25, prediction: 0.75 })
  })

  it.each(['count:poisson', 'reg:gamma', 'reg:tweedie'])(
    '%s: logarithm, and the exponential back',
    (objective) => {
      const { margin, prediction } = answerOf(objective, '2E0')
      expect(margin).toBe(Math.fround(Math.log(2)))
      expect(prediction).toBeCloseTo(2 * Math.E, 5)
      expect(prediction).toBe(Math.fround(prediction))
    },
  )

  it('a base score of one half is a logistic margin of zero', () => {
    expect(answerOf('binary:logistic', '5E-1').margin).toBeCloseTo(0, 30)
  })

  it('only the logistic objectives answer probabilities', () => {
    expect(answersProbability('reg:logistic')).toBe(true)
    expect(answersProbability('binary:logitraw')).toBe(false)
    expect(answersProbability('count:poisson')).toBe(false)
  })

  it('a base score outside the link has no margin', () => {
    expect(marginOfBaseScore('binary:logistic', 0)).toBeNull()
    expect(marginOfBaseScore('binary:logitraw', 1)).toBeNull()
    expect(marginOfBaseScore('reg:tweedie', -1)).toBeNull()
    expect(marginOfBaseScore('reg:squarederror', Number.NaN)).toBeNull()
  })

  it('probabilities stay probabilities at margins beyond reason', () => {
    const margins = Float32Array.of(-3e38, -200, -88, 0, 88, 200, 3e38)
    applyLink('binary:logistic', margins)
    expect(margins.every((chance) => chance >= 0 && chance <= 1)).toBe(true)
    expect(margins[0]).toBeGreaterThan(0)
    expect(margins[3]).toBe(0.5)
    expect(margins[6]).toBe(1)
  })
})

describe('the float32 exponential', () => {
  it('is exact where it can be', () => {
    expect(float32Exp(0)).toBe(1)
    expect(float32Exp(-0)).toBe(1)
    expect(float32Exp(-200)).toBe(0)
    expect(float32Exp(89.5)).toBe(Number.POSITIVE_INFINITY)
  })

  it('never strays more than 1 ulp from the correctly rounded value', () => {
    const pair = new Float32Array(2)
    const bits = new Int32Array(pair.buffer)
    let off = 0
    for (let step = -86_000; step <= 88_000; step += 1) {
      const x = Math.fround(step / 1_000)
      pair.set([float32Exp(x), Math.exp(x)])
      const apart = Math.abs(bits[0]! - bits[1]!)
      if (apart > 0) off += 1
      if (apart > 1) expect.fail(`${apart} ulp at ${x}`)
    }
    // The C library it follows is not correctly rounded: about one value in 1,700.
    expect(off).toBeGreaterThan(0)
    expect(off).toBeLessThan(1_000)
  })
})
