/**
 * Apollo Server starts `didResolveOperation` of all plugins at once. Refusals need an order (who may not ask is not
 * charged for asking), so here each waits for those before it, and none follows one that refused.
 */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { GatewayContext } from './context.ts'
import type { GatewayStage, StageClock } from './stage-clock.ts'

type Plugin = ApolloServerPlugin<GatewayContext>
type Listener = GraphQLRequestListener<GatewayContext>
type Hook = NonNullable<Listener['didResolveOperation']>

export type Stage = { readonly name: GatewayStage; readonly plugin: Plugin }

const NOTHING = Promise.resolve()

/** The same plugins in the same order; every other hook stays as Apollo Server has it. */
export const inTurn = (stages: readonly Stage[], clock: StageClock): Plugin[] => {
  /** By operation, the turn of the plugin that was started last. */
  const turns = new WeakMap<object, Promise<void>>()
  /** A plugin may hand out one listener for all requests. */
  const waiting = new WeakMap<Listener, Listener>()

  const waitingOf = (name: GatewayStage, listener: Listener): Listener => {
    if (listener.didResolveOperation === undefined) return listener
    const known = waiting.get(listener)
    if (known !== undefined) return known
    const didResolveOperation: Hook = (operation) => {
      const before = turns.get(operation)
      const ask = () => clock.run(name, () => listener.didResolveOperation?.(operation) ?? NOTHING)
      const turn = before === undefined ? ask() : before.then(ask)
      turns.set(operation, turn)
      return turn
    }
    const patient = withHook(listener, 'didResolveOperation', didResolveOperation)
    waiting.set(listener, patient)
    return patient
  }

  return stages.map(({ name, plugin }) => {
    if (plugin.requestDidStart === undefined) return plugin
    const requestDidStart: Plugin['requestDidStart'] = async (operation) => {
      const listener = await plugin.requestDidStart?.(operation)
      return listener ? waitingOf(name, listener) : undefined
    }
    return withHook(plugin, 'requestDidStart', requestDidStart)
  })
}

/**
 * `owner` with one of its hooks replaced. The others are called on the owner itself, which may be a class with private
 * fields, and the stand-in has an empty target, since a proxy of something frozen may replace nothing.
 */
const withHook = <Owner extends object>(owner: Owner, name: keyof Owner & string, hook: unknown): Owner => {
  const bound = new Map<string | symbol, unknown>([[name, hook]])
  const get = (_target: object, key: string | symbol): unknown => {
    if (bound.has(key)) return bound.get(key)
    const value: unknown = Reflect.get(owner, key)
    const kept: unknown = typeof value === 'function' ? value.bind(owner) : value
    bound.set(key, kept)
    return kept
  }
  const has = (_target: object, key: string | symbol) => Reflect.has(owner, key)
  // Every plugin hook is optional, so an empty object is a plugin; the compiler cannot know that of `Owner`.
  return new Proxy<Owner>({} as Owner, { get, has })
}
