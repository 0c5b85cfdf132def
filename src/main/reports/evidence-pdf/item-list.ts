// Every item, by reviewer and person, in the order they come. One person's items are held at a time, nothing more.
import type { ReportHead, ReportItem, ReportReviewer } from '../../../shared/model/evidence-report.ts'
import { color, measure, page, text } from './house-style.ts'
import { itemCells, itemColumns } from './item-row.ts'
import { beginSection, drawStack, ensure, paragraph, styled } from './page-flow.ts'
import type { Flow } from './page-flow.ts'
import type { Bookmark } from './pdf-library.ts'
import { closeTable, openTable, rowHeight, stackFor, tableRow } from './ruled-table.ts'
import type { Table } from './ruled-table.ts'
import { safeText } from './safe-text.ts'
import type { Tag } from './structure-tree.ts'
import { count, counted, moment, oneOfKind } from './wording.ts'

const bandHeight = 17
/** More bookmarks than this help nobody find a person and make readers slow: then only reviewers get one. */
const personBookmarkLimit = 20_000
/** A person with more items than this is drawn in parts, so that one subject can never fill the memory. */
const partSize = 500

export type ItemPace = { settle(): Promise<void>; onItem(done: number): void; readonly signal?: AbortSignal | undefined }

/** Items arrive sorted by reviewer, then subject; a group that comes back gets its heading again. Returns the number of items drawn. */
export async function drawItems(flow: Flow, head: ReportHead, items: AsyncIterable<ReportItem> | Iterable<ReportItem>,
  pace: ItemPace): Promise<number> {
  const section = beginItemSection(flow)
  const reviewers = new Map(head.reviewers.flatMap((reviewer) => [[reviewer.name, reviewer], [reviewer.person, reviewer]] as const))
  const hasPersonBookmarks = head.controlTotals.progress.items <= personBookmarkLimit
  let group: ReportItem[] = []
  let reviewer: { name: string; tag: Tag; table: Table; bookmark: Bookmark } | null = null
  let lastSubject = ''
  let done = 0

  const endReviewer = (): void => {
    if (reviewer === null) return
    closeTable(flow, reviewer.table, 12)
    flow.tree.close(reviewer.tag)
    reviewer = null
  }
  const drawGroup = async (): Promise<void> => {
    const [first] = group
    if (first === undefined) return
    if (reviewer?.name !== first.reviewer) {
      endReviewer()
      reviewer = beginReviewer(flow, section.tag, section.bookmark, first.reviewer, reviewers.get(first.reviewer))
      lastSubject = ''
    }
    const subject = subjectKey(first)
    drawPerson(flow, reviewer.table, group, subject === lastSubject, hasPersonBookmarks ? reviewer.bookmark : null)
    lastSubject = subject
    done += group.length
    group = []
    pace.onItem(done)
    await pace.settle()
    pace.signal?.throwIfAborted()
  }

  for await (const item of items) {
    const [first] = group
    const isSame = first === undefined || (first.reviewer === item.reviewer && subjectKey(first) === subjectKey(item))
    if (!isSame || group.length >= partSize) await drawGroup()
    group.push(item)
  }
  await drawGroup()
  endReviewer()
  if (done === 0) paragraph(flow, section.tag, 'The scope of this campaign held no access: there were no items to decide.', text.body)
  flow.tree.close(section.tag)
  return done
}

function subjectKey(item: ReportItem): string {
  return `${item.subjectKind}\n${item.subject}\n${item.subjectEmail ?? item.account}`
}

function beginItemSection(flow: Flow): { tag: Tag; bookmark: Bookmark } {
  flow.section = '12  Items reviewed'
  flow.canvas.newPage()
  flow.y = page.top
  return beginSection(flow, '12  Items reviewed',
    'By reviewer and person; times are UTC. “Record” names the item, its decision event and the packet of evidence shown.')
}

function beginReviewer(flow: Flow, parent: Tag, under: Bookmark, name: string,
  known: ReportReviewer | undefined): { name: string; tag: Tag; table: Table; bookmark: Bookmark } {
  const shown = safeText(known?.name ?? name, 120)
  flow.y += 4
  // Heading, column heads and a first person with one row stay together.
  ensure(flow, 150)
  const tag = flow.tree.open(parent, 'Sect', { title: shown })
  const bookmark = flow.bookmark(shown, under)
  paragraph(flow, tag, `Reviewer: ${shown}`, text.subheading, { type: 'H2', after: 1, maxLines: 1 })
  paragraph(flow, tag, known === undefined ? name : reviewerLine(known), text.smallQuiet, { after: 6, maxLines: 2 })
  flow.section = `12  Items reviewed · ${shown}`
  return { name, tag, table: openTable(flow, tag, itemColumns), bookmark }
}

function reviewerLine(reviewer: ReportReviewer): string {
  const signed = reviewer.signedOffAt === null ? 'NOT signed off' : `signed off ${moment(reviewer.signedOffAt)} UTC`
  const done = `${counted(reviewer.items, 'item')}, ${count(reviewer.decided)} decided, ${count(reviewer.revoked)} revoked`
  return `${reviewer.person} · ${done} · ${signed}`
}

function drawPerson(flow: Flow, table: Table, items: readonly ReportItem[], isPart: boolean, under: Bookmark | null): void {
  const [first] = items
  if (first === undefined) return
  const firstRow = rowHeight(itemCells(flow, first, table).map((cell, index) => stackFor(flow, cell,
    table.columns[index] ?? { label: '', width: 0 })))
  const heads = flow.repeat
  flow.repeat = heads
  ensure(flow, bandHeight + firstRow + 4)
  if (under !== null && !isPart) flow.bookmark(personName(flow, first), under)
  drawBand(flow, table, first, isPart ? 'continued' : counted(items.length, 'item'), true)
  flow.repeat = () => {
    heads?.()
    drawBand(flow, table, first, 'continued', false)
  }
  for (const item of items) tableRow(flow, table, itemCells(flow, item, table), 4.4)
  flow.repeat = heads
}

/** A name this report has no letters for is shown by its e-mail or account; the name itself is in evidence.json. */
export function personName(flow: Flow, item: ReportItem): string {
  const name = safeText(item.subject, 90)
  if (name !== '' && flow.shaper.canDraw(name)) return name
  return `${safeText(item.subjectEmail ?? item.account, 90)} *`
}

function drawBand(flow: Flow, table: Table, item: ReportItem, note: string, isFirst: boolean): void {
  const { canvas, tree } = flow
  const shown = personName(flow, item)
  // The name may take nearly all of the line: two people whose names begin alike are told apart by its end.
  const name = styled(flow, shown, text.person, measure * 0.82, 1)
  const email = shown.endsWith('*') ? null : item.subjectEmail
  const about = [oneOfKind[item.subjectKind], item.title, item.department, email]
    .flatMap((part) => (part === null || part === '' ? [] : [safeText(part, 60)]))
  const nameWidth = name[0]?.line.width ?? 0
  const right = styled(flow, note, text.label, 80, 1)
  const rightWidth = right[0]?.line.width ?? 0
  const room = measure - nameWidth - rightWidth - 34
  const details = room < 40 ? [] : styled(flow, about.join(' · '), text.smallQuiet, room, 1)
  const top = flow.y
  canvas.artifact(() => canvas.rect(page.left, top, measure, bandHeight, color.tint))
  const draw = (): void => {
    drawStack(flow, name, page.left + 5, top + 2.5)
    drawStack(flow, details, page.left + 5 + nameWidth + 9, top + 3.9)
    drawStack(flow, right, page.left + measure - rightWidth - 5, top + 3.9)
  }
  if (isFirst) {
    const row = tree.open(table.tag, 'TR')
    const cell = tree.open(row, 'TH', { scope: 'Row', span: table.columns.length })
    canvas.tagged(cell, draw)
    tree.close(cell)
    tree.close(row)
  } else canvas.artifact(draw, 'Pagination')
  flow.y += bandHeight
}
