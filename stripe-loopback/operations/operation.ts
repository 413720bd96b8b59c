/** What an operation of the API is: a name the SDK knows, the parameters it heeds, and what it does. */
import type { Account } from '../account.ts'
import type { OperationName } from '../sdk/simulated.ts'
import type { Given } from '../wire/given.ts'
import type { Values } from '../wire/parameters.ts'

export type Call<Parameters> = {
  readonly account: Account
  readonly given: Parameters
  /** What stands in the path's `:id`; empty where it has none. */
  readonly id: string
  /** The path itself, which lists repeat. */
  readonly path: string
}

export type Operation = {
  readonly name: OperationName
  /** Every other parameter Stripe knows is refused as not simulated, since passing it over would be a lie. */
  readonly heeds: readonly string[]
  readonly run: (call: Call<Values>) => object
}

/** `Parameters` is the SDK's type of what the operation takes; only what it heeds is given to it. */
export const operation =
  <Parameters extends object>() =>
  <const Name extends keyof Parameters & string>(
    name: OperationName,
    heeds: readonly Name[],
    run: (call: Call<Pick<Given<Parameters>, Name & keyof Given<Parameters>>>) => object,
  ): Operation => ({
    name,
    heeds,
    // The values were read by the shape that was generated from this very type.
    run: (call) =>
      run({
        ...call,
        given: call.given as unknown as Pick<Given<Parameters>, Name & keyof Given<Parameters>>,
      }),
  })

export const PAGING = ['limit', 'starting_after', 'ending_before'] as const
