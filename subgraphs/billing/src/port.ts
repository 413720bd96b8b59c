/** What billing gives to other subgraphs: the names of its plans. */
export type { PlanTier } from './domain/plan.ts'
