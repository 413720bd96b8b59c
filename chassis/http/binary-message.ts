/**
 * A small JSON head and a long tail of numbers, as bytes: a million rows must not become a million numbers in words.
 * Four bytes say how long the head is; the tail begins where eight divides, so that it can be read where it lies. Numbers
 * are little-endian, which every machine is that this runs on.
 */
import { Fault } from '../fault.ts'

export const BINARY_TYPE = 'application/octet-stream'

const LENGTH_BYTES = 4
const ALIGNMENT = 8

export type BinaryMessage = { readonly head: unknown; readonly tail: Uint8Array }

const tailAt = (headBytes: number): number => Math.ceil((LENGTH_BYTES + headBytes) / ALIGNMENT) * ALIGNMENT

export const writtenMessage = (
  head: object,
  tail: readonly (Float32Array | Float64Array)[] = [],
): Uint8Array => {
  const text = Buffer.from(JSON.stringify(head))
  let at = tailAt(text.length)
  const bytes = Buffer.alloc(at + tail.reduce((sum, { byteLength }) => sum + byteLength, 0))
  bytes.writeUInt32LE(text.length)
  bytes.set(text, LENGTH_BYTES)
  for (const { buffer, byteOffset, byteLength } of tail) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

/** Throws `Fault` BAD_INPUT for bytes that are no message. The tail is a copy, so that it lies where eight divides. */
export const readMessage = (bytes: Uint8Array): BinaryMessage => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headBytes = view.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : view.readUInt32LE()
  if (tailAt(headBytes) > view.length) throw new Fault('BAD_INPUT', 'The message ends before its head does.')
  try {
    const head: unknown = JSON.parse(view.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + headBytes))
    return { head, tail: new Uint8Array(view.subarray(tailAt(headBytes))) }
  } catch (cause) {
    throw new Fault('BAD_INPUT', 'The head of the message is no JSON.', { cause })
  }
}
