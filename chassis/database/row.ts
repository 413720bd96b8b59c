/** Entities as plain values: what domain code gets is a row without the ORM behind it. */

/** A nullable column is null when it is empty; the ORM's types would also allow undefined. */
export type Row<Entity> = {
  readonly [
    Column in keyof Entity as Column extends symbol ? never : Column
  ]: undefined extends Entity[Column] ? Exclude<Entity[Column], undefined> | null : Entity[Column]
}

export const rowOf = <Entity extends object>(entity: Entity): Row<Entity> => {
  const row: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(entity)) row[column] = value ?? null
  // The loop copies every column, and turns undefined into null as the type says.
  return row as Row<Entity>
}

export const maybeRowOf = <Entity extends object>(entity: Entity | null): Row<Entity> | null =>
  entity === null ? null : rowOf(entity)

export const rowsOf = <Entity extends object>(entities: readonly Entity[]): readonly Row<Entity>[] =>
  entities.map(rowOf)
