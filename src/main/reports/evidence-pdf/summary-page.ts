// The first page: everything a control owner needs, on one page whatever the numbers. What does not fit is counted and referred to.
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { controlEquations } from './control-equations.ts'
import { drawEquation } from './equation-figure.ts'
import type { Canvas } from './page-canvas.ts'
import { color, measure, page, text, tinted } from './house-style.ts'
import { drawStack, heightOf, paragraph, styled } from './page-flow.ts'
import type { Flow, StyledLine } from './page-flow.ts'
import { drawResult } from './result-bar.ts'
import { safeText } from './safe-text.ts'
import { alertSign, passSign } from './signs.ts'
import type { Tag } from './structure-tree.ts'
import { count, counted, moment } from './wording.ts'

const footTop = 702
const gutter = 16

export function drawSummary(flow: Flow, head: ReportHead): void {
  const { campaign } = head
  flow.section = 'Summary'
  flow.canvas.newPage()
  flow.y = 44
  const tag = flow.tree.open(flow.tree.root, 'Sect', { title: 'Summary' })
  flow.bookmark('Summary')
  paragraph(flow, tag, 'Muster · access certification evidence', text.brand, { after: 9 })
  // A name may have 200 letters: what needs more than two lines in the large size is set smaller, and whole.
  const isLong = flow.shaper.wrap(safeText(campaign.spec.name, 200), text.title, measure).length > 2
  paragraph(flow, tag, campaign.spec.name, isLong ? text.longTitle : text.title, { type: 'H1', maxLines: 4, after: 3, limit: 200 })
  const { control } = campaign.spec
  paragraph(flow, tag, `Control ${control.id}, ${control.frequency}. ${control.text}`, text.bodyQuiet, { maxLines: 2, after: 12 })
  drawVerdict(flow, tag, head)
  drawFacts(flow, tag, head)
  ruledLabel(flow, tag, 'Population: does it add up?')
  for (const equation of controlEquations(head)) drawEquation(flow, tag, equation)
  flow.y += 3
  ruledLabel(flow, tag, 'Result')
  flow.y += 2
  drawResult(flow, tag, head)
  flow.y += 3
  drawFindings(flow, tag, head)
  drawReviewerStrip(flow, tag, head)
  drawFoot(flow, tag, head)
  flow.tree.close(tag)
}

/** What a hasty reader takes away: sealed with how many exceptions, or with something that failed. */
export function verdictTitle(head: ReportHead): string {
  const { exceptions, checks } = head
  if (exceptions.length > 0) return `Sealed with ${counted(exceptions.length, 'exception')}`
  if (checks.some(({ passed }) => !passed)) return 'Sealed with failed checks'
  return addsUp(head) ? 'Sealed, no exceptions' : 'Sealed, totals do not add up'
}

function addsUp(head: ReportHead): boolean {
  return controlEquations(head).every(({ difference }) => difference === 0)
}

function drawVerdict(flow: Flow, tag: Tag, head: ReportHead): void {
  const { exceptions, checks } = head
  const adds = addsUp(head)
  const failed = checks.filter(({ passed }) => !passed).length
  const isClean = exceptions.length === 0 && failed === 0 && adds
  const title = verdictTitle(head)
  const found = failed > 0
    ? `${counted(failed, 'check')} of ${count(checks.length)} FAILED, ${count(checks.length - failed)} passed.`
    : `All ${counted(checks.length, 'check')} passed.`
  const detail = adds ? found : `${found} Control totals do not add up.`
  const verdict = flow.tree.open(tag, 'P')
  flow.canvas.artifact(() => {
    flow.canvas.rect(page.left, flow.y, measure, 27, color.tint)
    flow.canvas.rect(page.left, flow.y, 2.5, 27, isClean ? color.accent : color.ink)
  })
  flow.canvas.tagged(verdict, () => {
    if (isClean) passSign(flow.canvas, page.left + 13, flow.y + 13.5)
    else alertSign(flow.canvas, page.left + 12, flow.y + 13.5)
    const left = styled(flow, title, text.verdict, 260, 1)
    drawStack(flow, left, page.left + 28, flow.y + 5.5)
    const x = page.left + 28 + (left[0]?.line.width ?? 0) + 12
    drawStack(flow, styled(flow, detail, text.body, page.width - page.right - x - 8, 1), x, flow.y + 7.7)
  })
  flow.tree.close(verdict)
  flow.y += 37
}

function drawFacts(flow: Flow, tag: Tag, head: ReportHead): void {
  const { campaign, controlTotals, reviewers } = head
  const late = campaign.daysLate > 0 ? `closed ${counted(campaign.daysLate, 'day')} late` : 'closed in time'
  const { owner } = campaign.spec.control
  const sources = head.extracts.map(({ source }) => source)
  const facts: [string, string, string][] = [
    ['What', `Access as of ${campaign.asOf}`, `${counted(sources.length, 'extract')}: ${[...new Set(sources)].join(', ')}`],
    ['When', `${campaign.launchedAt.slice(0, 10)} to ${campaign.closedAt.slice(0, 10)}`, `due ${campaign.spec.rules.dueOn}, ${late}`],
    ['Who', counted(reviewers.length, 'reviewer'), `control owner ${owner === '' ? 'not named' : owner}`],
    ['How much', `${count(controlTotals.progress.items)} items`,
      `of ${count(controlTotals.population.population)} grants in the population`],
  ]
  const width = (measure - gutter * 3) / 4
  let height = 0
  facts.forEach(([label, value, note], index) => {
    const cell = flow.tree.open(tag, 'P')
    const stack = [
      ...styled(flow, label, text.label, width, 1), ...styled(flow, value, text.bodyStrong, width, 1),
      ...styled(flow, safeText(note, 160), text.smallQuiet, width, 2),
    ]
    flow.canvas.tagged(cell, () => drawStack(flow, stack, page.left + index * (width + gutter), flow.y))
    flow.tree.close(cell)
    height = Math.max(height, heightOf(stack))
  })
  flow.y += height + 10
}

function ruledLabel(flow: Flow, tag: Tag, words: string): void {
  flow.canvas.artifact(() => flow.canvas.rule(page.left, flow.y, measure, color.hairline, 0.5))
  flow.y += 5
  paragraph(flow, tag, words, text.bodyStrong, { type: 'H2', after: 4 })
}

/** Two columns: exceptions, and checks beside sign-offs; cut to the room above the foot. */
function drawFindings(flow: Flow, tag: Tag, head: ReportHead): void {
  flow.canvas.artifact(() => flow.canvas.rule(page.left, flow.y, measure, color.hairline, 0.5))
  flow.y += 5
  const room = footTop - flow.y - 8
  const width = (measure - gutter) / 2
  const failed = head.checks.filter(({ passed }) => !passed)
  const signedOff = head.reviewers.filter(({ signedOffAt }) => signedOffAt !== null).length
  const { progress } = head.controlTotals
  const share = `${count(progress.signedOff)} of ${counted(progress.items, 'item')}`
  const right: StyledLine[][] = [
    ...failed.map(({ title }) => marked(flow, `FAILED: ${title}`, text.smallStrong, width, alertSign)),
    marked(flow, `${counted(head.checks.length - failed.length, 'check')} passed, ${count(failed.length)} FAILED`, text.small, width,
      failed.length === 0 ? passSign : undefined),
  ]
  const signing: StyledLine[][] = [
    styled(flow, 'Sign-offs', text.bodyStrong, width, 1, 4),
    styled(flow, `${count(signedOff)} of ${counted(head.reviewers.length, 'reviewer')} signed off ${share}.`, text.small, width, 2),
    styled(flow, safeText(`Sealed ${moment(head.campaign.sealedAt)} UTC by ${head.campaign.sealedBy}.`, 200), text.small, width, 2),
  ]
  const signingHeight = signing.reduce((sum, lines) => sum + heightOf(lines), 0)
  const left = head.exceptions.length === 0
    ? [marked(flow, 'No exceptions.', text.small, width, passSign)]
    : head.exceptions.map((words) => marked(flow, safeText(words, 400), text.small, width, undefined, 3))
  const leftEnd = drawColumn(flow, tag, 'Exceptions', left, page.left, width, room, 'section 7')
  const rightEnd = drawColumn(flow, tag, 'Checks', right, page.left + width + gutter, width, room - signingHeight, 'section 7', signing)
  flow.y = Math.max(leftEnd, rightEnd) + 9
}

/** Where the findings leave room: who decided how much, the largest loads first. */
function drawReviewerStrip(flow: Flow, tag: Tag, { reviewers }: ReportHead): void {
  const lineHeight = text.small.leading + 1.5
  const rows = Math.min(8, Math.floor((footTop - 12 - flow.y - 24) / lineHeight))
  if (rows < 2 || reviewers.length === 0) return
  const byLoad = [...reviewers].sort((one, other) => other.items - one.items)
  const places = rows * 2
  const shown = byLoad.slice(0, byLoad.length > places ? places - 1 : places)
  ruledLabel(flow, tag, 'Reviewers: items decided and revoked')
  const perColumn = Math.ceil(Math.min(byLoad.length, places) / 2)
  const width = (measure - gutter) / 2
  const entries = shown.map(({ name, items, decided, revoked, signedOffAt }) => [
    safeText(name, 60), `${count(decided)} of ${count(items)}, ${count(revoked)} revoked${signedOffAt === null ? ', NOT signed off' : ''}`,
  ] as const)
  const more = byLoad.length - shown.length
  const top = flow.y
  ;[...entries, ...(more > 0 ? [['', `and ${count(more)} more, in section 6`] as const] : [])].forEach(([name, words], index) => {
    const x = page.left + (index < perColumn ? 0 : width + gutter)
    const y = top + (index % perColumn) * lineHeight
    const entry = flow.tree.open(tag, 'P')
    flow.canvas.tagged(entry, () => {
      drawStack(flow, styled(flow, name, text.smallStrong, 100, 1), x, y)
      drawStack(flow, styled(flow, words, name === '' ? text.smallQuiet : text.small, width - (name === '' ? 0 : 104), 1),
        x + (name === '' ? 0 : 104), y)
    })
    flow.tree.close(entry)
  })
  flow.y = top + perColumn * lineHeight
}

function marked(flow: Flow, words: string, style: StyledLine['style'], width: number,
  sign?: (canvas: Canvas, x: number, middle: number, size?: number) => void, maxLines = 2): StyledLine[] {
  const drawSign = (x: number, middle: number): void => {
    if (sign === undefined) flow.canvas.rule(x + 1, middle, 5, color.quiet, 0.8)
    else sign(flow.canvas, x, middle, 3.4)
  }
  return styled(flow, words, style, width - 13, maxLines, 1.5).map((entry, index) => ({
    ...entry, indent: 13,
    ...(index > 0 ? {} : { sign: drawSign }),
  }))
}

function drawColumn(flow: Flow, tag: Tag, title: string, entries: readonly StyledLine[][], x: number, width: number, room: number,
  where: string, tail: readonly StyledLine[][] = []): number {
  const heading = flow.tree.open(tag, 'H2')
  flow.canvas.tagged(heading, () => drawStack(flow, styled(flow, title, text.bodyStrong, width, 1), x, flow.y))
  flow.tree.close(heading)
  let y = flow.y + 13.5
  const end = flow.y + room
  let index = 0
  for (; index < entries.length; index++) {
    const isLast = index === entries.length - 1
    const lines = entries[index] ?? []
    if (y + heightOf(lines) + (isLast ? 0 : 11) > end) break
    y = put(lines, y)
  }
  if (index < entries.length) {y = put(styled(flow, `and ${count(entries.length - index)} more, in ${where}`,
    tinted(text.small, color.quiet), width, 1, 1.5), y)}
  for (const lines of tail) y = put(lines, y)
  return y

  function put(lines: readonly StyledLine[], at: number): number {
    const entry = flow.tree.open(tag, 'P')
    flow.canvas.tagged(entry, () => drawStack(flow, lines, x, at))
    flow.tree.close(entry)
    return at + heightOf(lines)
  }
}

/** Whether anybody outside this machine vouches for the time, and who. */
export function timeWords({ isTimeProven, timeStamp }: ReportHead): readonly [string, string] {
  if (!isTimeProven || timeStamp === undefined) {
    return ['Time claimed, not proven', 'All times come from the clock of the machine that sealed this report. Nothing outside it proves them.']
  }
  return ['Time stamped', `${timeStamp.authority} saw this checkpoint on ${moment(timeStamp.at)} UTC; the signature and the list of files carry its stamps, too.`]
}

/** Root fingerprint, checkpoint and the word on time: what to compare with something kept elsewhere. */
function drawFoot(flow: Flow, tag: Tag, head: ReportHead): void {
  flow.canvas.artifact(() => flow.canvas.rule(page.left, footTop, measure, color.ink, 0.7))
  // A checkpoint's root is 44 letters of mono: its column is wide enough to keep it on one line.
  const widths = [148, 192, measure - 148 - 192 - gutter * 2] as const
  const [width, wide, narrow] = widths
  const note = head.checkpoint.note.split('\n').filter((line) => line !== '').slice(0, 3)
  const time = timeWords(head)
  const columns: StyledLine[][] = [
    [...styled(flow, 'Root certificate, SHA-256', text.smallStrong, width, 1),
      ...styled(flow, spacedFingerprint(head.workspace.rootFingerprint), text.mono, width, 4, 2),
      ...styled(flow, 'Compare with the fingerprint you were given by another way.', text.label, width, 2, 2)],
    [...styled(flow, `Checkpoint at ${counted(head.checkpoint.size, 'event')}`, text.smallStrong, wide, 1),
      ...note.flatMap((line, index) => styled(flow, safeText(line, 120), text.mono, wide, 2, index === 0 ? 2 : 0)),
      ...styled(flow, 'Keep it: a later log must extend it.', text.label, wide, 2, 2)],
    [...styled(flow, time[0], text.smallStrong, narrow, 1), ...styled(flow, safeText(time[1], 400), text.label, narrow, 7, 2)],
  ]
  columns.forEach((stack, index) => {
    const cell = flow.tree.open(tag, 'P')
    const x = page.left + widths.slice(0, index).reduce((sum: number, part) => sum + part + gutter, 0)
    flow.canvas.tagged(cell, () => drawStack(flow, stack, x, footTop + 8))
    flow.tree.close(cell)
  })
  flow.y = footTop + 8 + Math.max(...columns.map(heightOf))
}

/** Groups of four are how people compare fingerprints; colons or blanks of the source are left out. */
export function spacedFingerprint(fingerprint: string): string {
  const hex = fingerprint.replace(/^sha-?256:/i, '').replace(/[^0-9a-fA-F]/g, '')
  return hex.length < 40 ? safeText(fingerprint, 160) : (hex.match(/.{1,4}/g) ?? []).join(' ').toLowerCase()
}
