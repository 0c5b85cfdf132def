import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BundleInput } from '../../../src/main/reports/bundle/write-bundle.ts'
import { verifyBundle } from '../../../src/main/reports/bundle/verify-bundle.ts'
import { writeEvidencePdf } from '../../../src/main/reports/evidence-pdf/write-evidence-pdf.ts'
import { addSignatureField } from '../../../src/main/reports/signing/pdf-signature-field.ts'
import type { ReportItem } from '../../../src/shared/model/evidence-report.ts'
import { VERIFIER, enrolReviewers, noteOver, sampleLog, writeSampleBundle } from '../../support/sample-bundle.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { numberOf, textOf, type Measured, type Step } from '../result.ts'
import { stopwatch } from '../timing.ts'

/** Input: `items`, `folder`. A campaign with one decision each; the time is that of writeBundle with the real report. */
export const seal: Step = async (input) => {
  const folder = textOf(input, 'folder')
  await mkdir(folder, { recursive: true })
  const organisation = await createTestOrganisation(folder)
  const reviewers = await enrolReviewers(organisation)
  const log = sampleLog(reviewers, { items: numberOf(input, 'items') })
  let stop = stopwatch()
  let [reportSeconds, pages, heldMb] = [0, 0, 0]
  let rows: ReportItem[] = []
  const { path } = await writeSampleBundle(folder, organisation, reviewers, {
    doctored: {
      log,
      items: (unsorted) => (rows = unsorted.toSorted((left, right) => left.reviewer.localeCompare(right.reviewer) || left.item - right.item)),
      input: (bundle): BundleInput => {
        heldMb = process.memoryUsage.rss() / 1_048_576
        stop = stopwatch()
        return {
          ...bundle,
          writeReport: async ({ report, evidence }) => {
            const from = performance.now()
            ;({ pages } = await writeEvidencePdf({
              ...report, head: bundle.head, items: rows, attachment: evidence,
              addSignatureField: (doc) => addSignatureField(doc, { name: 'Olga Officer', reason: 'Bench', at: new Date(bundle.head.campaign.sealedAt) }),
            }))
            reportSeconds = (performance.now() - from) / 1000
          },
        }
      },
    },
  })
  const spent = stop()
  await writeFile(join(folder, 'root.pem'), organisation.root.pem)
  await writeFile(join(folder, 'seen'), noteOver(log, log.events.length >> 1))
  await writeFile(join(folder, 'bundle-path'), path)
  return { figures: { ...spent, reportSeconds, pages, heldMb, events: log.events.length } }
}

const READER = new URL('../../../src/main/reports/bundle/reader-thread.ts', import.meta.url)

/** Input: `folder` a bundle was sealed in. */
export const verify: Step = async (input) => {
  const { bundle, rootPem, seen } = await sealedIn(textOf(input, 'folder'))
  const stop = stopwatch()
  const verdict = await verifyBundle(bundle, { rootPem, seen, now: new Date(), thread: READER })
  const spent = stop()
  if (!verdict.ok) throw new Error(verdict.detail)
  return verdictOn(spent, verdict.checks)
}

/** The same by the stand-alone verifier that lies in every bundle. */
export const verifyAlone: Step = async (input) => {
  const { bundle, rootPem, seen } = await sealedIn(textOf(input, 'folder'))
  const alone = (await import(VERIFIER)) as { verifyBundle: (folder: string, options: object) => Promise<{ code: string; outcome: string; detail: string }[]> }
  const stop = stopwatch()
  const checks = await alone.verifyBundle(bundle, { rootPem, seen })
  return verdictOn(stop(), checks)
}

async function sealedIn(folder: string): Promise<{ bundle: string; rootPem: string; seen: { name: string; text: string }[] }> {
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  return { bundle: await text('bundle-path'), rootPem: await text('root.pem'), seen: [{ name: 'seen', text: await text('seen') }] }
}

/** A verification that fails has measured something else. */
function verdictOn(spent: Readonly<Record<string, number>>, checks: readonly { code: string; outcome: string; detail: string }[]): Measured {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ code, detail }) => `${code}: ${detail}`)
  if (failed.length > 0) throw new Error(`the bundle did not verify: ${failed.join('; ')}`)
  return { figures: { ...spent, passed: checks.filter(({ outcome }) => outcome === 'passed').length, checks: checks.length } }
}
