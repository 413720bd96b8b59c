import { describe, expect, it } from 'vitest'
import { aPilotReport, exampleContext } from './pilot-report.example.ts'
import { renderPilotReport } from './pilot-report-pdf.ts'
import { renderPilotReportInWorker } from './pilot-report-worker.ts'

describe('a pilot report printed in a thread of its own', () => {
  it('has the same bytes as one printed here', async () => {
    const here = renderPilotReport(aPilotReport(), exampleContext)
    const there = await renderPilotReportInWorker(aPilotReport(), exampleContext)
    expect(there.sha256).toBe(here.sha256)
    expect(Buffer.from(there.pdf).equals(here.pdf)).toBe(true)
  })

  it('can be printed beside others', async () => {
    const rendered = await Promise.all(
      [1, 2, 3].map(() => renderPilotReportInWorker(aPilotReport(), exampleContext)),
    )
    expect(new Set(rendered.map(({ sha256 }) => sha256)).size).toBe(1)
  })

  it('is given up after its time', async () => {
    const rendering = renderPilotReportInWorker(aPilotReport(), exampleContext, { timeoutMs: 1 })
    await expect(rendering).rejects.toMatchObject({ name: 'PrintError', failure: 'TIMEOUT' })
  })

  it('says what is wrong with its context', async () => {
    const rendering = renderPilotReportInWorker(aPilotReport(), { ...exampleContext, completedAt: 'soon' })
    await expect(rendering).rejects.toMatchObject({ failure: 'INPUT' })
  })
})
