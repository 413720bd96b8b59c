/**
 * A place in a parsed artifact: the value together with the path that leads to it, so that every refusal
 * says where. Only own properties are read; a key such as `__proto__` is a name like any other.
 */
import { ArtifactRefusal } from './artifact-fault.ts'
import type { ArtifactFaultCode } from './artifact-fault.ts'

const INTEGER_TEXT = /^[+-]?\d{1,15}$/

export interface ArtifactNode {
  readonly value: unknown
  readonly path: string
}

export function refuse(at: ArtifactNode, code: ArtifactFaultCode, message: string): never {
  throw new ArtifactRefusal(code, at.path, message)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The member of an object, or null when it is absent; refuses when `at` is not an object. */
export function maybeMember(at: ArtifactNode, name: string): ArtifactNode | null {
  if (!isRecord(at.value)) return refuse(at, 'NOT_XGBOOST', `${placeName(at)} is not an object.`)
  if (!Object.hasOwn(at.value, name)) return null
  return { value: at.value[name], path: at.path === '' ? name : `${at.path}.${name}` }
}

export function member(at: ArtifactNode, name: string): ArtifactNode {
  return maybeMember(at, name) ?? refuse(at, 'NOT_XGBOOST', `${placeName(at)} has no "${name}".`)
}

/** Follows several names in turn. */
export function descendant(at: ArtifactNode, ...names: readonly string[]): ArtifactNode {
  return names.reduce(member, at)
}

export function item(at: ArtifactNode, list: readonly unknown[], index: number): ArtifactNode {
  return { value: list[index], path: `${at.path}[${index}]` }
}

export function listOf(at: ArtifactNode, code: ArtifactFaultCode = 'NOT_XGBOOST'): readonly unknown[] {
  if (!Array.isArray(at.value)) return refuse(at, code, `${placeName(at)} is not a list.`)
  // Array.isArray answers any[]; the items are as unknown as the artifact.
  return at.value as readonly unknown[]
}

export function textOf(at: ArtifactNode): string {
  if (typeof at.value !== 'string') return refuse(at, 'NOT_XGBOOST', `${placeName(at)} is not a text.`)
  return at.value
}

/** A whole number; XGBoost writes its parameters as texts ("10"), other writers as numbers. */
export function countOf(at: ArtifactNode): number {
  const { value } = at
  const number = typeof value === 'string' && INTEGER_TEXT.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
    return refuse(at, 'NOT_XGBOOST', `${placeName(at)} is not a whole number.`)
  }
  return number
}

/** A count that older versions of XGBoost leave out. */
export function countOr(at: ArtifactNode, name: string, absent: number): number {
  const found = maybeMember(at, name)
  return found === null ? absent : countOf(found)
}

function placeName(at: ArtifactNode): string {
  return at.path === '' ? 'The artifact' : `"${at.path}"`
}
