// The second page: four pictures for whoever would rather look than read. Every figure in them stands in words elsewhere in the report.
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { drawAgeChart, drawBurndown, drawPaceChart, drawRiskChart } from './charts.ts'
import type { Panel } from './charts.ts'
import { color, measure, page, text } from './house-style.ts'
import { drawStack, heightOf, paragraph, styled } from './page-flow.ts'
import type { Flow } from './page-flow.ts'
import type { Tag } from './structure-tree.ts'
import { count, counted, share } from './wording.ts'

const gutter = 26
const width = (measure - gutter) / 2
const plotHeight = 190

type Picture = { readonly title: string; readonly lead: string; readonly alt: string; readonly draw: (flow: Flow, panel: Panel, head: ReportHead) => void }

/** Draws nothing for a report of the first release, which has no facts to draw. */
export function drawGlance(flow: Flow, head: ReportHead): void {
  if (head.facts === undefined) return
  flow.section = 'At a glance'
  flow.canvas.newPage()
  flow.y = page.top
  const tag = flow.tree.open(flow.tree.root, 'Sect', { title: 'At a glance' })
  flow.bookmark('At a glance')
  paragraph(flow, tag, 'At a glance', text.heading, { type: 'H1', after: 2 })
  paragraph(flow, tag, 'What was decided, when, how fast, and on how old a picture. The figures behind each drawing are in the sections that follow.',
    text.bodyQuiet, { after: 14 })
  const [risk, burndown, pace, age] = picturesOf(head)
  drawRow(flow, tag, head, risk, burndown)
  drawRow(flow, tag, head, pace, age)
  flow.tree.close(tag)
}

function picturesOf(head: ReportHead): [Picture, Picture, Picture, Picture] {
  const { facts, controlTotals: { progress }, reviewers } = head
  const risks = facts?.store.outcomeByRisk ?? []
  const pace = facts?.log.pace ?? []
  const decisions = pace.reduce((sum, one) => sum + one.decisions, 0)
  const quick = pace.reduce((sum, one) => sum + one.quick, 0)
  const freshness = facts?.store.freshness ?? []
  const oldest = freshness.reduce((most, { daysAtLaunch }) => Math.max(most, daysAtLaunch), 0)
  const looked = freshness.filter(({ laterSnapshots }) => laterSnapshots > 0)
  const drift = looked.length === 0 ? 'No later snapshot tells what had gone until then.'
    : `Until then ${counted(looked.reduce((sum, { gone }) => sum + gone, 0), 'reviewed grant')} had gone.`
  const measured = reviewers.filter(({ medianSeconds }) => medianSeconds !== null)
  return [
    {
      title: 'Outcome by risk', lead: 'Share of the items of each risk; their number stands at the right.', draw: drawRiskChart,
      alt: `Outcome by risk: ${risks.map((one) => `${one.risk} ${count(one.items)} items, ${count(one.revoke)} revoked, ${count(one.undecided)} undecided`).join('; ')}.`,
    },
    {
      title: 'Items still open', lead: 'Line: not decided. Shaded: not signed off. Upright: the due day.', draw: drawBurndown,
      alt: `Items still open by day: ${count(progress.items)} at the launch, ${count(progress.undecided)} undecided at the close.`,
    },
    {
      title: 'Pace', draw: drawPaceChart,
      lead: `Reviewers by the median time an item was open. ${share(quick, decisions)} of ${counted(decisions, 'decision')} came within two seconds of the one before.`,
      alt: `Pace: ${counted(measured.length, 'reviewer')} measured; ${count(quick)} of ${count(decisions)} decisions within two seconds of the one before.`,
    },
    {
      title: 'Age of the evidence', draw: drawAgeChart,
      lead: `Days from each snapshot to the launch (dark) and to the close (light). ${drift}`,
      alt: `Age of the evidence: the oldest snapshot was ${counted(oldest, 'day')} old at the launch.`,
    },
  ]
}

function drawRow(flow: Flow, parent: Tag, head: ReportHead, ...pictures: readonly Picture[]): void {
  const top = flow.y
  let end = top
  pictures.forEach((picture, index) => {
    const x = page.left + index * (width + gutter)
    const words = [...styled(flow, picture.title, text.subheading, width, 1), ...styled(flow, picture.lead, text.smallQuiet, width, 3, 2)]
    flow.canvas.artifact(() => flow.canvas.rule(x, top, width, color.ink, 0.7))
    const heading = flow.tree.open(parent, 'H2')
    flow.canvas.tagged(heading, () => drawStack(flow, words, x, top + 6))
    flow.tree.close(heading)
    const plotTop = top + 6 + Math.max(heightOf(words), 35) + 10
    const figure = flow.tree.open(parent, 'Figure', { alt: picture.alt })
    flow.canvas.tagged(figure, () => picture.draw(flow, { x, y: plotTop, width, height: plotHeight }, head))
    flow.tree.close(figure)
    end = Math.max(end, plotTop + plotHeight)
  })
  flow.y = end + 26
}
