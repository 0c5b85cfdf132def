import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { custodyKind, framework, logFacts, populationTest, sampleAmong } from '../model/report-facts.ts'
import { reportItem } from '../model/evidence-report.ts'
import { isoDate } from '../model/time.ts'
import { procedure, progressOf } from './base.ts'

export const verification = z.object({
  bundle: z.string(),
  isValid: z.boolean(),
  checks: z.array(z.object({ code: z.string(), title: z.string(), outcome: z.enum(['passed', 'failed', 'not-checked']), detail: z.string() })),
})

export const sealed = z.object({
  campaign: z.int(), version: z.int(), path: z.string(), at: z.string(), by: z.string(), exceptions: z.array(z.string()), pages: z.int(), items: z.int(), zip: z.string().nullable(),
})

/** What was entered by hand for a campaign; every entry is an event, and stands beside earlier ones. */
export const evidenceNotes = z.object({
  campaign: z.int(), name: z.string(), state: z.string(), tests: logFacts.shape.tests, samples: logFacts.shape.samples, custody: logFacts.shape.custody,
  amendments: logFacts.shape.amendments, sealed: logFacts.shape.sealed,
})

const timeRoots = z.array(z.object({ name: z.string(), fingerprint: z.string() }))
const timeAuthorityShown = z.object({
  url: z.string().nullable(), host: z.string().nullable(), isBeyondThisMachine: z.boolean(), roots: timeRoots, formerRoots: timeRoots,
})
/** `content`: the authority's certificate or root as it was published, base64. */
const namedAuthority = z.object({ url: z.string().max(500), content: z.string().max(200_000), mayLeave: z.boolean().default(false) })
const stampedBundle = z.object({ bundle: z.string(), authority: z.string(), at: z.string(), isTrusted: z.boolean(), zip: z.string().nullable() })

/** Whose word there is on when a bundle was there; `stamped`: an authority's nobody asked about, `missing`: the bundle is not where it was sealed. */
export const bundleTime = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['proven', 'stamped']), authority: z.string(), at: z.string() }),
  z.object({ state: z.literal('doubtful'), detail: z.string() }),
  z.object({ state: z.enum(['claimed', 'missing']) }),
])

const verifyInput = z.object({
  bundle: z.string(), root: z.string().nullable().default(null), seen: z.array(z.string()).default([]), tsa: z.string().nullable().default(null), lists: z.array(z.string()).default([]),
})

const ofCampaign = z.object({ campaign: z.int() })
const longText = z.string().max(2000)

export const evidenceContract = {
  notes: procedure.input(ofCampaign).output(evidenceNotes),
  enterTest: procedure
    .input(populationTest.omit({ test: true }).extend({ campaign: z.int(), how: longText, explanation: longText.default(''), source: z.string().max(200).nullable().default(null) }))
    .output(evidenceNotes),
  drawSample: procedure
    .input(z.object({ campaign: z.int(), seed: z.string().max(500), size: z.int().min(1).max(5000), among: sampleAmong.default('all') }))
    .output(evidenceNotes),
  /** A recorded sample's items with their decisions, drawn again to compare; `csv` has every column of items.csv. Records nothing. */
  sample: procedure.input(ofCampaign.extend({ sample: z.int().min(1) })).output(z.object({
    sample: z.int(), seed: z.string(), isSame: z.boolean(), csv: z.string(),
    items: z.array(reportItem.pick({
      item: true, subject: true, subjectEmail: true, account: true, source: true, application: true, entitlement: true, reviewer: true, outcome: true, reason: true, decidedBy: true,
      decidedAt: true,
    })),
  })),
  noteCustody: procedure
    .input(z.object({ campaign: z.int(), what: custodyKind, where: longText, note: longText.default(''), until: isoDate.nullable().default(null) }))
    .output(evidenceNotes),
  amend: procedure.input(ofCampaign.extend({ reason: longText })).output(evidenceNotes),
  /** The frameworks a control can name. */
  frameworks: procedure.output(z.array(framework)),
  /** Kept by the engine. */
  seal: procedure
    .input(z.object({ campaign: z.int(), out: z.string().nullable().default(null), passphrase: z.string().min(1), reason: z.string().max(2000).nullable().default(null), zip: z.boolean().default(false), timeStamp: z.boolean().default(true) }))
    .output(eventIterator(progressOf(sealed))),
  bundles: procedure.output(z.array(z.object({ campaign: z.int(), name: z.string(), version: z.int(), at: z.string(), by: z.string(), path: z.string(), exceptions: z.int(), time: bundleTime }))),
  verify: procedure.input(verifyInput).output(verification),
  /** The same as long work, for a window: a large bundle takes minutes. Kept by the engine. */
  verifySteps: procedure.input(verifyInput).output(eventIterator(progressOf(verification))),
  /** Who is asked for the time when a report is sealed. */
  timeAuthority: procedure.output(timeAuthorityShown),
  setTimeAuthority: procedure.input(namedAuthority).output(timeAuthorityShown),
  /** Asks once about nothing; null = the one that is named here. `at`: the time it said. */
  testTimeAuthority: procedure.input(namedAuthority.nullable()).output(z.object({ host: z.string(), authority: z.string(), at: z.string(), roots: timeRoots })),
  removeTimeAuthority: procedure.output(timeAuthorityShown),
  /** Writes the request for a stamp over a sealed bundle into a file, and takes the answer from one. */
  requestStamp: procedure.input(z.object({ bundle: z.string(), file: z.string() })).output(z.object({ file: z.string() })),
  takeStamp: procedure.input(z.object({ bundle: z.string(), file: z.string() })).output(stampedBundle),
  /** The request itself, base64, for a screen that hands it over. */
  stampRequest: procedure.input(z.object({ bundle: z.string() })).output(z.object({ name: z.string(), content: z.string() })),
  /** Asks the named authority for a stamp over a bundle sealed here. */
  askForStamp: procedure.input(z.object({ bundle: z.string() })).output(stampedBundle),
  /** Recomputes the whole log: hashes, order, Merkle root against the last checkpoint, decisions against their events. */
  checkLog: procedure.output(verification),
}
