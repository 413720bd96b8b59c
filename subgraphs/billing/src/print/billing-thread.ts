/** The thread that prints one document of billing and ends. */
import { answerPrinting } from '@stormops/chassis/pdf/printing-thread'
import { printBillingDocument } from './billing-pdf.ts'

answerPrinting(printBillingDocument)
