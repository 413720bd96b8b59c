/**
 * The ONNX spelling of a boosted-trees model, as bytes: one TreeEnsembleRegressor of the ai.onnx.ml domain.
 * It exists so that the same trees can be run by another engine; scoring in the product never uses it.
 * Field numbers are those of the public onnx.proto (ModelProto, GraphProto, NodeProto, AttributeProto).
 */
import type { BoostedTrees } from '../subgraphs/models/src/inference/boosted-trees.ts'

const WIRE_VARINT = 0
const WIRE_BYTES = 2

const ATTRIBUTE_INT = 2
const ATTRIBUTE_STRING = 3
const ATTRIBUTE_FLOATS = 6
const ATTRIBUTE_INTS = 7
const ATTRIBUTE_STRINGS = 8

const TENSOR_FLOAT = 1
const IR_VERSION = 8
const ONNX_OPSET = 17
/** TreeEnsembleRegressor was last revised in version 3 of the ai.onnx.ml operator set. */
const ML_OPSET = 3

export const ONNX_INPUT = 'rows'
export const ONNX_OUTPUT = 'margin'

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return bytes
}

function integerField(field: number, value: number): Buffer {
  return Buffer.from([...varint(field * 8 + WIRE_VARINT), ...varint(value)])
}

function bytesField(field: number, payload: Uint8Array | string): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload
  return Buffer.concat([Buffer.from([...varint(field * 8 + WIRE_BYTES), ...varint(body.length)]), body])
}

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields)
}

function attribute(name: string, kind: number, ...values: readonly Buffer[]): Buffer {
  return bytesField(5, message(bytesField(1, name), ...values, integerField(20, kind)))
}

function integer(name: string, value: number): Buffer {
  return attribute(name, ATTRIBUTE_INT, integerField(3, value))
}

function text(name: string, value: string): Buffer {
  return attribute(name, ATTRIBUTE_STRING, bytesField(4, value))
}

function integers(name: string, values: readonly number[]): Buffer {
  return attribute(name, ATTRIBUTE_INTS, bytesField(8, Buffer.from(values.flatMap(varint))))
}

function floats(name: string, values: readonly number[]): Buffer {
  return attribute(name, ATTRIBUTE_FLOATS, bytesField(7, new Uint8Array(Float32Array.from(values).buffer)))
}

function texts(name: string, values: readonly string[]): Buffer {
  return attribute(name, ATTRIBUTE_STRINGS, ...values.map((value) => bytesField(9, value)))
}

/** A float tensor of `columns` columns and any number of rows. */
function tensor(field: number, name: string, columns: number): Buffer {
  const shape = message(bytesField(1, bytesField(2, 'rows')), bytesField(1, integerField(1, columns)))
  const type = bytesField(1, message(integerField(1, TENSOR_FLOAT), bytesField(2, shape)))
  return bytesField(field, message(bytesField(1, name), bytesField(2, type)))
}

function treeAttributes(model: BoostedTrees): Buffer[] {
  const { treeStart, feature, threshold, left, right, defaultLeft, leaf } = model.nodes
  const trees: number[] = []
  const ids: number[] = []
  const leafTrees: number[] = []
  const leafIds: number[] = []
  const leafWeights: number[] = []
  for (let tree = 0; tree < model.treeCount; tree += 1) {
    const start = treeStart[tree] ?? 0
    for (let node = start; node < (treeStart[tree + 1] ?? 0); node += 1) {
      trees.push(tree)
      ids.push(node - start)
      if (feature[node] !== -1) continue
      leafTrees.push(tree)
      leafIds.push(node - start)
      leafWeights.push(leaf[node] ?? 0)
    }
  }
  const isLeaf = Array.from(feature, (index) => index === -1)
  const local = (children: Int32Array): number[] =>
    Array.from(children, (child, node) => (child === -1 ? 0 : child - (treeStart[trees[node] ?? 0] ?? 0)))
  return [
    integers('nodes_treeids', trees),
    integers('nodes_nodeids', ids),
    integers(
      'nodes_featureids',
      Array.from(feature, (index) => Math.max(0, index)),
    ),
    texts(
      'nodes_modes',
      isLeaf.map((ends) => (ends ? 'LEAF' : 'BRANCH_LT')),
    ),
    floats('nodes_values', Array.from(threshold)),
    integers('nodes_truenodeids', local(left)),
    integers('nodes_falsenodeids', local(right)),
    integers('nodes_missing_value_tracks_true', Array.from(defaultLeft)),
    integers('target_treeids', leafTrees),
    integers('target_nodeids', leafIds),
    integers(
      'target_ids',
      leafTrees.map(() => 0),
    ),
    floats('target_weights', leafWeights),
  ]
}

/**
 * Bytes of an ONNX model that answers the margin of each row.
 * Input `rows` is float32 [n, features], output `margin` float32 [n, 1].
 */
export function onnxModel(model: BoostedTrees): Uint8Array {
  const node = message(
    bytesField(1, ONNX_INPUT),
    bytesField(2, ONNX_OUTPUT),
    bytesField(4, 'TreeEnsembleRegressor'),
    bytesField(7, 'ai.onnx.ml'),
    ...treeAttributes(model),
    integer('n_targets', 1),
    floats('base_values', [model.baseMargin]),
    text('post_transform', 'NONE'),
    text('aggregate_function', 'SUM'),
  )
  const graph = message(
    bytesField(1, node),
    bytesField(2, 'boosted-trees'),
    tensor(11, ONNX_INPUT, model.featureNames.length),
    tensor(12, ONNX_OUTPUT, 1),
  )
  const opset = (domain: string, version: number): Buffer =>
    bytesField(8, message(bytesField(1, domain), integerField(2, version)))
  return new Uint8Array(
    message(
      integerField(1, IR_VERSION),
      bytesField(2, 'stormops-bench'),
      bytesField(7, graph),
      opset('', ONNX_OPSET),
      opset('ai.onnx.ml', ML_OPSET),
    ),
  )
}
