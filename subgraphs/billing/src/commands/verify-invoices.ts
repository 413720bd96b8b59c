/** Proves invoices against the ledger; reads only. */
import { proofOf } from '../domain/invoice-proof.ts'
import type { InvoiceProof } from '../domain/invoice-proof.ts'
import type { Invoice } from '../domain/invoice.ts'
import type { InvoiceStore } from '../store/invoice-store.ts'

/** In the order of `invoices`. */
export const verifyInvoices = async (
  store: Pick<InvoiceStore, 'months' | 'counters'>,
  invoices: readonly Invoice[],
): Promise<readonly InvoiceProof[]> => {
  const proofs = new Map<string, InvoiceProof>()
  for (const [month, ofMonth] of Map.groupBy(invoices, (invoice) => invoice.month)) {
    const tenantIds = [...new Set(ofMonth.map(({ tenantId }) => tenantId))]
    const months = new Map((await store.months(tenantIds, month)).map((one) => [one.tenantId, one]))
    const counters = await store.counters(tenantIds, month)
    for (const invoice of ofMonth) {
      const evidence = {
        month: months.get(invoice.tenantId) ?? null,
        counters: counters.get(invoice.tenantId) ?? [],
      }
      proofs.set(invoice.id, proofOf(invoice, evidence))
    }
  }
  return invoices.flatMap(({ id }) => proofs.get(id) ?? [])
}
