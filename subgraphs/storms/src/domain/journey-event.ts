/** A journey event is one touch on a property. Only what the crew itself begins counts as treatment. */

export type JourneyEventKind = 'KNOCK' | 'CALL' | 'MESSAGE' | 'INSPECTION' | 'ESTIMATE' | 'SIGNED'

/** An owner who calls, or signs unasked, was not treated; a knock or a message is the crew's doing. */
export const OUTREACH: readonly JourneyEventKind[] = ['KNOCK', 'MESSAGE']
