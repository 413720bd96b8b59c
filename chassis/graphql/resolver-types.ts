/** Which resolvers must be written, decided by the compiler. */

/** Resolvers of a root type: every field has one. */
export type EveryField<Resolvers> = { readonly [Field in keyof Resolvers]-?: NonNullable<Resolvers[Field]> }

/** Resolvers of a type behind a model: every field that the model does not carry under the same name has one,
 * and so has `id`, which is never shown as it is stored. */
export type FieldsBeyond<Model, Resolvers> = {
  readonly [
    Field in Exclude<keyof Resolvers, Exclude<keyof Model, 'id'> | '__isTypeOf' | '__resolveReference'>
  ]-?: NonNullable<Resolvers[Field]>
} & Partial<Resolvers>
