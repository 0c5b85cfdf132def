// Four drawings of a report's figures, in lines and areas of the house style. Shape and place carry the meaning, never colour alone.
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { color, text } from './house-style.ts'
import type { Flow } from './page-flow.ts'
import { drawOutcomeBar } from './result-bar.ts'
import { safeText } from './safe-text.ts'
import type { TextStyle } from './shaped-text.ts'
import { count, counted } from './wording.ts'

/** Where a drawing goes, in points from the page's top left. */
export type Panel = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const axisRoom = 14

export function drawRiskChart(flow: Flow, { x, y, width }: Panel, { facts }: ReportHead): void {
  const lines = [...(facts?.store.outcomeByRisk ?? [])].reverse()
  if (lines.length === 0) return nothing(flow, x, y)
  const labelWidth = 38
  const numberWidth = 40
  lines.forEach((line, index) => {
    const top = y + index * 27
    put(flow, line.risk, text.small, x, top + 1)
    drawOutcomeBar(flow, [
      { outcome: 'keep', value: line.keep }, { outcome: 'revoke', value: line.revoke }, { outcome: 'keep-until', value: line.keepUntil },
      { outcome: 'look-closer', value: line.lookCloser }, { outcome: 'undecided', value: line.undecided },
    ], line.items, { x: x + labelWidth, y: top, width: width - labelWidth - numberWidth, height: 11 })
    putRight(flow, count(line.items), text.smallStrong, x + width, top + 1)
    put(flow, `${count(line.revoke)} revoked, ${count(line.undecided)} undecided`, text.label, x + labelWidth, top + 12.5)
  })
  const legendY = y + lines.length * 27 + 8
  let at = x
  for (const [outcome, word] of [['keep', 'kept'], ['revoke', 'revoked'], ['keep-until', 'keep until'], ['look-closer', 'look closer'], ['undecided', 'undecided']] as const) {
    drawOutcomeBar(flow, [{ outcome, value: 1 }], 1, { x: at, y: legendY + 1, width: 9, height: 6.5 })
    at += 12 + put(flow, word, text.label, at + 12, legendY) + 9
  }
}

export function drawBurndown(flow: Flow, panel: Panel, head: ReportHead): void {
  const { facts, campaign, controlTotals: { progress } } = head
  const days = facts?.log.days ?? []
  if (progress.items === 0) return nothing(flow, panel.x, panel.y)
  const { canvas } = flow
  const from = dayNumber(campaign.launchedAt)
  const closed = dayNumber(campaign.closedAt)
  const due = dayNumber(campaign.spec.rules.dueOn)
  const last = Math.max(closed, due, from + 1) + 1
  const bottom = panel.y + panel.height - axisRoom
  const left = panel.x + 32
  const right = panel.x + panel.width
  const placeX = (day: number): number => left + ((day - from) / (last - from)) * (right - left)
  const placeY = (open: number): number => panel.y + (1 - open / progress.items) * (bottom - panel.y)
  for (const value of [progress.items, Math.round(progress.items / 2), 0]) {
    canvas.rule(left, placeY(value), right - left, value === 0 ? color.ink : color.hairline, 0.5)
    putRight(flow, count(value), text.label, left - 5, placeY(value) - 4.6)
  }
  // What is open at the end of a day is drawn at the end of that day, so that a campaign of one day is a line, too.
  const steps = (key: 'decided' | 'signedOff'): [number, number][] => {
    let open = progress.items
    const points: [number, number][] = [[placeX(from), placeY(open)]]
    for (const day of days) {
      const at = Math.min(last, Math.max(from, dayNumber(day.day)) + 1)
      points.push([placeX(at - 1), placeY(open)])
      open = Math.max(0, open - day[key])
      points.push([placeX(at), placeY(open)])
    }
    points.push([placeX(Math.min(last, closed + 1)), placeY(open)])
    return points
  }
  const signed = steps('signedOff')
  signed.slice(1).forEach(([endX, endY], index) => {
    const [startX, startY] = signed[index] ?? [endX, endY]
    const slices = Math.max(1, Math.ceil((endX - startX) / 2))
    for (let slice = 0; slice < slices && endX > startX; slice++) {
      const sliceX = startX + ((endX - startX) * slice) / slices
      const sliceY = startY + ((endY - startY) * (slice + 0.5)) / slices
      canvas.rect(sliceX, sliceY, (endX - startX) / slices + 0.1, Math.max(0, bottom - sliceY), color.tint)
    }
  })
  canvas.stroke(signed, color.soft, 0.8)
  canvas.stroke(steps('decided'), color.accent, 1.4)
  const dueX = placeX(due + 1)
  canvas.stroke([[dueX, panel.y], [dueX, bottom]], color.ink, 0.7)
  const dueLabel = `due ${campaign.spec.rules.dueOn.slice(5)}`
  if (dueX - left > 44) putRight(flow, dueLabel, text.label, dueX - 3, panel.y)
  else put(flow, dueLabel, text.label, dueX + 3, panel.y)
  put(flow, campaign.launchedAt.slice(0, 10), text.label, left, bottom + 4)
  putRight(flow, dayText(last - 1), text.label, right, bottom + 4)
}

const bins = [[2, 'under 2 s'], [5, '2–5 s'], [15, '5–15 s'], [60, '15–60 s'], [300, '1–5 min'], [Number.POSITIVE_INFINITY, 'over 5 min']] as const

export function drawPaceChart(flow: Flow, panel: Panel, { reviewers }: ReportHead): void {
  const counts = [...bins.map(() => 0), 0]
  for (const { medianSeconds } of reviewers) {
    const bin = medianSeconds === null ? bins.length : bins.findIndex(([below]) => medianSeconds < below)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const most = Math.max(...counts)
  if (most === 0) return nothing(flow, panel.x, panel.y)
  const bottom = panel.y + panel.height - axisRoom
  const slot = panel.width / counts.length
  flow.canvas.rule(panel.x, bottom, panel.width, color.ink, 0.5)
  counts.forEach((value, index) => {
    const height = (value / most) * (bottom - panel.y - 14)
    const [x, width] = [panel.x + index * slot + 4, slot - 8]
    const isMeasured = index < bins.length
    if (value > 0 && isMeasured) flow.canvas.rect(x, bottom - height, width, height, index === 0 ? color.ink : color.accent)
    if (value > 0 && !isMeasured) flow.canvas.frame(x + 0.4, bottom - height, width - 0.8, height, color.quiet, 0.8)
    if (value > 0) putCentred(flow, count(value), text.smallStrong, x + width / 2, bottom - height - 11)
    putCentred(flow, isMeasured ? bins[index]?.[1] ?? '' : 'no screen', text.label, x + width / 2, bottom + 4)
  })
}

const ageRows = 6

export function drawAgeChart(flow: Flow, { x, y, width }: Panel, { facts }: ReportHead): void {
  const all = [...(facts?.store.freshness ?? [])].sort((left, right) => right.daysAtLaunch - left.daysAtLaunch)
  if (all.length === 0) return nothing(flow, x, y)
  const longest = Math.max(1, ...all.map(({ daysAtClose }) => daysAtClose))
  all.slice(0, ageRows).forEach((one, index) => {
    const top = y + index * 24
    const [launch, close] = [one.daysAtLaunch, Math.max(one.daysAtClose, one.daysAtLaunch)].map((days) => (days / longest) * width)
    put(flow, safeText(one.source, 40), text.smallStrong, x, top - 1, width * 0.5)
    putRight(flow, `${counted(one.daysAtLaunch, 'day')} at launch, ${count(one.daysAtClose)} at close`, text.label, x + width, top - 1)
    flow.canvas.rect(x, top + 10, width, 6, color.tint)
    flow.canvas.rect(x, top + 10, Math.max(0.8, close ?? 0), 6, color.soft)
    flow.canvas.rect(x, top + 10, Math.max(0.8, launch ?? 0), 6, color.accent)
  })
  if (all.length > ageRows) put(flow, `and ${counted(all.length - ageRows, 'newer snapshot')}, in section 5`, text.label, x, y + ageRows * 24)
}

function nothing(flow: Flow, x: number, y: number): void {
  put(flow, 'Nothing to draw: no figures were recorded.', text.smallQuiet, x, y)
}

/** Returns the width of what was drawn. */
function put(flow: Flow, words: string, style: TextStyle, x: number, y: number, width = 220): number {
  const [line] = flow.shaper.wrap(words, style, width, 1)
  if (line !== undefined) flow.canvas.line(line, style, x, y)
  return line?.width ?? 0
}

function putRight(flow: Flow, words: string, style: TextStyle, right: number, y: number): void {
  const [line] = flow.shaper.wrap(words, style, 220, 1)
  if (line !== undefined) flow.canvas.line(line, style, right - line.width, y)
}

function putCentred(flow: Flow, words: string, style: TextStyle, middle: number, y: number): void {
  const [line] = flow.shaper.wrap(words, style, 120, 1)
  if (line !== undefined) flow.canvas.line(line, style, middle - line.width / 2, y)
}

/** Days since 1970 of a time or day in UTC. */
function dayNumber(time: string): number {
  return Math.floor(Date.parse(`${time.slice(0, 10)}T00:00:00.000Z`) / 86_400_000)
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
