/** Limits of platforms that tests drive harder than any plan allows, on machines that are busy with other tests. */
import { OVERLOAD } from '@stormops/gateway/limits/overload/slots'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'

/** As many at once as there may ever be, however long the turns are, and patience with those that wait. */
export const DRIVEN_HARD = {
  allowances: UNLIMITED,
  overload: { fewest: OVERLOAD.executing, waiting: 1_000, patienceMilliseconds: 10_000 },
}
