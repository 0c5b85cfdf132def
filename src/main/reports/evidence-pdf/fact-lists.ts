// Lists that belong to earlier sections: systems and frameworks, collections and tests, named leavers and orphans, the course of the review.
import type { ReportExtract, ReportHead } from '../../../shared/model/evidence-report.ts'
import { text } from './house-style.ts'
import type { Flow } from './page-flow.ts'
import { paragraph } from './page-flow.ts'
import { closeTable, openTable, tableRow } from './ruled-table.ts'
import type { Cell } from './ruled-table.ts'
import type { Tag } from './structure-tree.ts'
import { listOf } from './trail-sections.ts'
import { basisWords, count, counted, moment, oneOfKind, share, testWords } from './wording.ts'

/** Every connected system, in or out, and the clauses this review answers. */
export function drawSystemsAndFrameworks(flow: Flow, tag: Tag, { facts }: ReportHead): void {
  if (facts === undefined) return
  listOf(flow, tag, 'Systems', facts.store.systems, 'No system was connected.', [
    { label: 'System', width: 150 }, { label: 'Kind', width: 90 }, { label: 'In review', width: 50 }, { label: 'Why', width: 190 },
  ], (one) => [strong(one.source), one.kind, one.isIn ? 'in' : 'out', one.why])
  paragraph(flow, tag, `The scope was approved with the launch by ${facts.store.approvedBy}.`, text.small)
  for (const { name, edition, clauses } of facts.store.frameworks) {
    listOf(flow, tag, `${name} (${edition})`, clauses, '', [
      { label: 'Clause', width: 84 }, { label: 'What it asks', width: 300 }, { label: 'Answered in', width: 96 },
    ], (clause) => [strong(clause.ref), `${clause.title}. ${clause.asks}`, `section ${clause.answeredBy.join(', ')}`])
  }
}

/** What was asked of each collection of a live source, word for word. */
export function drawCollections(flow: Flow, tag: Tag, { collections = [] }: ReportExtract): void {
  if (collections.length === 0) return
  const table = openTable(flow, tag, [
    { label: 'Collection and query', width: 280 }, { label: 'Read', width: 50 }, { label: 'Pages', width: 36, align: 'right' },
    { label: 'Records', width: 48, align: 'right' }, { label: 'Source says', width: 52, align: 'right' }, { label: 'We hold', width: 48, align: 'right' },
  ], 8)
  for (const one of collections) {
    const gaps = [...(one.isComplete ? [] : ['NOT COMPLETE']), ...one.gaps]
    tableRow(flow, table, [
      { words: `${one.name}: ${one.query}${gaps.length === 0 ? '' : ` · ${gaps.join(' · ')}`}`, style: one.isComplete ? text.mono : text.smallStrong, maxLines: 12 },
      one.mode, count(one.pages), count(one.records), counts(one.sourceCount), counts(one.heldCount),
    ])
  }
  closeTable(flow, table)
}

/** The officer's own tests: what was counted elsewhere, what this list holds. */
export function drawTests(flow: Flow, tag: Tag, { facts }: ReportHead): void {
  if (facts === undefined) return
  listOf(flow, tag, 'Tests of completeness and accuracy', facts.log.tests,
    'None was entered. That the lists are complete rests on the control totals and the hashes alone.', [
      { label: 'Test', width: 118 }, { label: 'How', width: 132 }, { label: 'Expected', width: 46, align: 'right' }, { label: 'Found', width: 40, align: 'right' },
      { label: 'Difference', width: 60 }, { label: 'By, when', width: 84 },
    ], (one) => [
      `${testWords[one.what]}${one.source === null ? '' : `: ${one.source}`}`, `${one.how}${one.explanation === '' ? '' : ` (${one.explanation})`}`,
      count(one.expected), count(one.found), one.expected === one.found ? 'none' : strong(`FAILED: ${count(one.found - one.expected)}`),
      `${one.by}, ${moment(one.at)}`,
    ])
}

/** Leavers and accounts without a person by name, and how far the picture had moved by the close. */
export function drawNamedPopulation(flow: Flow, tag: Tag, { facts }: ReportHead): void {
  if (facts === undefined) return
  const { leavers, orphans, freshness } = facts.store
  listOf(flow, tag, 'Leavers who still have access', leavers, 'None.', [
    { label: 'Person', width: 170 }, { label: 'Account', width: 170 }, { label: 'Source', width: 90 }, { label: 'Items', width: 50, align: 'right' },
  ], (one) => [strong(one.person), one.account, one.source, count(one.items)])
  listOf(flow, tag, 'Accounts without a person', orphans, 'None.', [
    { label: 'Account', width: 220 }, { label: 'Source', width: 100 }, { label: 'Kind', width: 110 }, { label: 'Items', width: 50, align: 'right' },
  ], (one) => [strong(one.account), one.source, oneOfKind[one.kind as keyof typeof oneOfKind] ?? one.kind, count(one.items)])
  listOf(flow, tag, 'Age of the snapshots, and drift until the close', freshness, 'No snapshot is recorded.', [
    { label: 'Source', width: 118 }, { label: 'Snapshot', width: 92 }, { label: 'Days at launch', width: 56, align: 'right' },
    { label: 'Days at close', width: 56, align: 'right' }, { label: 'Later ones', width: 48, align: 'right' },
    { label: 'Reviewed, since gone', width: 56, align: 'right' }, { label: 'New, not reviewed', width: 54, align: 'right' },
  ], (one) => [
    strong(one.source), `${one.snapshot}, as of ${one.asOf}`, count(one.daysAtLaunch), count(one.daysAtClose), count(one.laterSnapshots),
    ...(one.laterSnapshots === 0 ? ['not known', 'not known'] : [count(one.gone), count(one.added)]),
  ])
}

/** Speed, mutual reviews, handing on, stages, reminders, questions, and the models that worded. */
export function drawCourse(flow: Flow, tag: Tag, { facts }: ReportHead): void {
  if (facts === undefined) return
  const { log } = facts
  listOf(flow, tag, 'Pace and second thoughts', log.pace, 'Nobody decided.', [
    { label: 'Who decided', width: 240 }, { label: 'Decisions made', width: 70, align: 'right' },
    { label: 'Within 2 s of the one before', width: 100, align: 'right' }, { label: 'Taken back', width: 70, align: 'right' },
  ], (one) => [one.person, count(one.decisions), `${count(one.quick)} (${share(one.quick, one.decisions)})`, count(one.undone)])
  listOf(flow, tag, 'People who reviewed each other', log.circular, 'None.', [
    { label: 'One', width: 200 }, { label: 'The other', width: 200 }, { label: 'Items', width: 80, align: 'right' },
  ], (one) => [one.one, one.other, count(one.items)])
  listOf(flow, tag, 'Handed on', log.handedOn, 'No item changed hands after the launch.', [
    { label: 'When, UTC', width: 80 }, { label: 'From', width: 100 }, { label: 'To, as', width: 120 }, { label: 'Items', width: 34, align: 'right' },
    { label: 'Why', width: 146 },
  ], (one) => [moment(one.at), one.from, `${one.to}, ${basisWords[one.basis]}`, count(one.items), `${one.why}: ${one.reason} (by ${one.by})`])
  listOf(flow, tag, 'Questions and answers', log.questions, 'No question was asked.', [
    { label: 'Item', width: 36 }, { label: 'Asked by', width: 92 }, { label: 'Question', width: 166 }, { label: 'Answer', width: 186 },
  ], (one) => [
    count(one.item), `${one.by}, ${moment(one.at)}`, `To ${one.asked}: ${one.text}`,
    one.answer === null ? strong('not answered') : `${one.answer.text} (${one.answer.by}, ${moment(one.answer.at)})`,
  ])
  const steps = [
    ...log.stages.map((one) => ({ ...one, what: `Stage ${one.stage} closed: ${counted(one.movedOn, 'grant')} of ${count(one.cases)} went on, ${count(one.unanswered)} unanswered; next due ${one.nextDueOn}` })),
    ...log.extensions.map((one) => ({ ...one, what: `Due day moved from ${one.from} to ${one.to}: ${one.reason}` })),
    ...log.reminders.map((one) => ({ ...one, what: `${counted(one.people, 'person', 'people')} with ${counted(one.open, 'open item')} reminded (${one.channel})` })),
  ].sort((left, right) => left.seq - right.seq)
  listOf(flow, tag, 'Stages, extensions and reminders', steps, 'There was one stage, no extension and no reminder.', [
    { label: 'When, UTC', width: 90 }, { label: 'What', width: 290 }, { label: 'By', width: 100 },
  ], (one) => [moment(one.at), one.what, one.by])
  listOf(flow, tag, 'Models that worded evidence', log.wording, 'None: all words are the fixed sentences of this version.', [
    { label: 'Model', width: 96 }, { label: 'Digest', width: 224 }, { label: 'Texts', width: 40, align: 'right' }, { label: 'Sentences', width: 46, align: 'right' },
    { label: 'Replaced', width: 42, align: 'right' }, { label: 'Other opinion', width: 32, align: 'right' },
  ], (one) => [strong(one.model), { words: one.digest, style: text.mono }, count(one.worded), count(one.sentences), count(one.replaced), count(one.disagreed)])
}

function counts(value: number | null): string {
  return value === null ? 'does not say' : count(value)
}

function strong(words: string): Cell {
  return { words, style: text.smallStrong }
}
