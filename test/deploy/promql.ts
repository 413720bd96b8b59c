/** Expressions of PromQL: whether Prometheus would read them, and which figures they ask for. */
import { parser } from '@prometheus-io/lezer-promql'

export type Expression = { readonly faults: readonly string[]; readonly names: readonly string[] }

/** The grammar is Prometheus's own, of its editor. */
export const readExpression = (text: string): Expression => {
  const faults: string[] = []
  const names: string[] = []
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) faults.push(`at ${node.from}: ${text.slice(node.from, node.from + 20)}`)
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') {
        names.push(text.slice(node.from, node.to))
      }
    },
  })
  return { faults, names }
}
