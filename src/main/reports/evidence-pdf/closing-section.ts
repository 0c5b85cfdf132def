import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { text } from './house-style.ts'
import { beginSection, paragraph } from './page-flow.ts'
import type { Flow } from './page-flow.ts'
import { factList } from './ruled-table.ts'
import { moment } from './wording.ts'

const steps: readonly (readonly [string, string])[] = [
  ['1  Fingerprint',
    'Take the root certificate from somebody you trust, not from the bundle, and compare its fingerprint with the one on the first page.'],
  ['2  This file', 'pdfsig must say three things: Signature is Valid, Certificate is Trusted, Total document signed. '
    + 'Its exit code says nothing: read the words.'],
  ['3  The data inside', 'pdfdetach takes evidence.json out of this PDF: the same file, byte for byte, as in the bundle.'],
  ['4  The bundle', 'node verify.mjs . root.pem recomputes the chain of events, its root, the totals and every outcome, '
    + 'and compares them with these figures.'],
  ['5  An earlier checkpoint',
    'Give verify.mjs a checkpoint you kept (--seen): a log that was cut, rewritten or signed anew does not extend it.'],
]

const limits = 'Names: control, direction and invisible characters are left out of this print, and long texts end in “…”. '
  + 'The sign * marks a name in letters this report has no type for; the e-mail or account stands in its place, and elsewhere “\ufffd” '
  + 'stands for such letters. The full, unchanged text is in evidence.json.'

function stamped({ authority, at }: NonNullable<ReportHead['timeStamp']>): string {
  return `${authority} stamped the checkpoint on ${moment(at)} UTC (checkpoint.tsr), then the signature inside this file and the list of files `
    + '(manifest.tsr). What is recorded before the checkpoint existed then; VERIFY.txt says how openssl checks it.'
}

export function drawHowToVerify(flow: Flow, head: ReportHead): void {
  const { tag } = beginSection(flow, '13  How to verify this report',
    'With public tools, without Muster and without us. VERIFY.txt in the bundle has every command in full.')
  factList(flow, tag, steps)
  const claimed = 'No time-stamp authority took part: every time in this report is claimed by the sealing machine, not proven.'
  paragraph(flow, tag, head.timeStamp === undefined || !head.isTimeProven ? claimed : stamped(head.timeStamp), text.small)
  paragraph(flow, tag, limits, text.small)
  flow.tree.close(tag)
}
