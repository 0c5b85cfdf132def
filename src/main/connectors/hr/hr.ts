import type { Connector, HrRecord } from '../connector.ts'
import { dateOrderNotes } from '../table/forms.ts'
import type { Layout } from '../table/layout.ts'
import { mapFirstRows, mapRows, type Collected } from '../table/map-rows.ts'
import { openForPreview, openMapped } from '../table/open-mapped.ts'
import type { Table } from '../table/open-table.ts'
import { previewOf } from '../table/preview.ts'
import { protectedHeaders } from '../table/protected-columns.ts'
import { createRowReader, type RowReader } from '../table/row-reader.ts'
import type { Row } from '../text/row.ts'
import { quoteValue } from '../values/text.ts'
import { hrForms, readPerson, type Person } from './read-person.ts'
import { createRoster, type Manager, type Roster } from './roster.ts'

const KIND = 'hr'

/**
 * A list of people as HR knows them. The file is read twice: first to learn who exists, then to hand people over with their manager
 * resolved. Of rows with one worker id the first is taken; a later one that says the same is merged, one that says something else is
 * refused, because nobody here can know which is right.
 */
export const hr: Connector = {
  kind: KIND,

  async *read({ path, mapping, signal }) {
    const { table, layout } = await openMapped(KIND, path, mapping, signal)
    const { roster, unknownManagers } = await readRoster(table, layout, signal)
    const batches = mapRows<HrRecord, never>(table, signal, personFunction(table, layout, roster))
    let merged = 0
    for (;;) {
      const next = await batches.next()
      if (next.done === true) {
        const notes = [...table.notes, ...dateOrderNotes(layout, hrForms, table.sample), ...managerNotes(unknownManagers)]
        return { ...next.value, protectedColumns: protectedHeaders(layout.header), merged, notes }
      }
      const { collected, progress } = next.value
      const { records, rejects, rowsRead, rowsTaken } = collected
      merged += collected.merged
      yield { rows: { of: 'people', records }, accounts: [], rejects, rowsRead, rowsTaken, progress: 0.5 + progress / 2 }
    }
  },

  async preview(path, mapping, rows) {
    const { table, guess, layout } = await openForPreview(KIND, path, mapping)
    if (layout === null) return previewOf(table, guess, null, { of: 'people', records: [] }, [])
    const { roster, unknownManagers } = await readRoster(table, layout)
    const read = await mapFirstRows<HrRecord, never>(table, rows, personFunction(table, layout, roster))
    const notes = [...dateOrderNotes(layout, hrForms, table.sample), ...managerNotes(unknownManagers)]
    return previewOf(table, guess, read, { of: 'people', records: read.records }, notes)
  },
}

interface FirstPass {
  readonly roster: Roster
  /** Managers the file names without listing them, each once, over all readable rows. */
  readonly unknownManagers: ReadonlySet<string>
}

async function readRoster(table: Table, layout: Layout<'hr'>, signal?: AbortSignal): Promise<FirstPass> {
  const roster = createRoster()
  const reader = createRowReader(layout, hrForms, table.sample, table.delimiter)
  const wanted = new Map<string, Person>()
  const pass = mapRows<never, never>(table, signal, (row) => {
    const person = readRow(reader, row)
    if (person === null) return
    roster.enter(person, row.line)
    if (person.managerId !== '' || person.managerName !== '') wanted.set(`${person.managerId}\n${person.managerName}`, person)
  })
  // The rows themselves are not kept: only ids, names and lines stay.
  while ((await pass.next()).done !== true);
  const unknownManagers = new Set<string>()
  for (const person of wanted.values()) {
    const manager = roster.resolveManager(person)
    if (manager.is === 'missing') unknownManagers.add(manager.wanted)
  }
  return { roster, unknownManagers }
}

function readRow(reader: RowReader<'hr'>, row: Row): Person | null {
  const person = reader.begin(row) ? readPerson(reader) : null
  return reader.finish().isTaken ? person : null
}

function personFunction(table: Table, layout: Layout<'hr'>, roster: Roster): (row: Row, into: Collected<HrRecord>) => void {
  const reader = createRowReader(layout, hrForms, table.sample, table.delimiter)
  return (row, into) => {
    const person = reader.begin(row) ? readPerson(reader) : null
    const isReadable = person !== null && reader.finish().isTaken
    const first = isReadable ? roster.firstOf(person) : null
    const isRepeated = first !== null && first.line !== row.line
    if (isRepeated && first.isSame) {
      into.merged += 1
      return
    }
    const manager: Manager = isReadable ? roster.resolveManager(person) : { is: 'none' }
    if (isRepeated && isReadable) noteRepeat(reader, person, first.line, manager)
    else noteManager(reader, person, manager)
    const { isTaken, rejects } = reader.finish()
    for (const reject of rejects) into.rejects.push(reject)
    if (!isTaken || person === null) return
    into.rowsTaken += 1
    const { managerId: _id, managerName: _name, ...rest } = person
    into.records.push({ ...rest, managerEmployeeId: manager.is === 'found' ? manager.employeeId : null })
  }
}

function noteRepeat(reader: RowReader<'hr'>, person: Person, line: number, manager: Manager): void {
  const also = manager.is === 'missing' ? ` ${missingManager(reader, manager)}` : ''
  const reason = `The worker id ${quoteValue(person.employeeId)} was already read in line ${line}, with other data; the first row stands.`
  reader.note('employeeId', 'duplicate-id', reason + also, 'row-rejected')
}

function noteManager(reader: RowReader<'hr'>, person: Person | null, manager: Manager): void {
  if (manager.is === 'missing') reader.note(manager.by, 'dangling-manager', missingManager(reader, manager), 'field-dropped')
  if (manager.is === 'several') {
    const reason = `The manager ${reader.shown(manager.by, manager.wanted)} could be any of ${manager.count} people in this file.`
    reader.note(manager.by, 'dangling-manager', reason, 'field-dropped')
  }
  if (manager.is === 'oneself') {
    const by = person?.managerId === '' ? 'managerName' : 'managerId'
    reader.note(by, 'bad-value', 'The person is named as their own manager; nobody reviews themselves.', 'field-dropped')
  }
}

const missingManager = (reader: RowReader<'hr'>, { by, wanted }: Extract<Manager, { is: 'missing' }>): string =>
  `The manager ${reader.shown(by, wanted)} is not in this file.`

function managerNotes(unknown: ReadonlySet<string>): readonly string[] {
  if (unknown.size === 0) return []
  return [`${unknown.size} ${unknown.size === 1 ? 'manager is named who is' : 'different managers are named who are'} not in the file.`]
}
