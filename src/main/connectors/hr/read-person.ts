import type { HrRecord } from '../connector.ts'
import type { Forms } from '../table/forms.ts'
import type { RowReader } from '../table/row-reader.ts'
import { endDate } from '../values/dates.ts'
import { personName } from '../values/names.ts'
import { parseEmail } from '../values/text.ts'
import { parseBoolean, parseStatus, parseWorkerKind } from '../values/words.ts'

type Reader = RowReader<'hr'>

/** A person as one row tells it; the manager still as written, because only the whole file knows who exists. */
export interface Person extends Omit<HrRecord, 'managerEmployeeId'> {
  readonly managerId: string
  readonly managerName: string
}

export const hrForms: Forms<'hr'> = {
  status: parseStatus,
  workerKind: parseWorkerKind,
  email: parseEmail,
  onLeave: parseBoolean,
  hireDate: 'date',
  terminationDate: 'date',
}

export function readPerson(reader: Reader): Person {
  const employeeId = reader.key('employeeId')
  return {
    employeeId,
    displayName: nameOf(reader) || employeeId,
    email: reader.word('email', parseEmail, 'an e-mail address'),
    kind: reader.word('workerKind', parseWorkerKind, 'a kind of worker (employee, contractor)') ?? 'unknown',
    status: statusOf(reader),
    title: reader.text('title') || null,
    department: reader.text('department') || null,
    division: reader.text('division') || null,
    costCenter: reader.text('costCenter') || null,
    location: reader.text('location') || null,
    managerId: reader.text('managerId'),
    managerName: reader.text('managerName'),
    hireDate: reader.date('hireDate'),
    terminationDate: endDate(reader.date('terminationDate')),
  }
}

function nameOf(reader: Reader): string {
  const full = personName(reader.text('fullName'))
  return full === '' ? `${reader.text('firstName')} ${reader.text('lastName')}`.trim() : full
}

/**
 * Being in the file is what says that somebody is there: a status that is empty or not understood leaves them active (and is reported),
 * because making a leaver of them would take their access for a word we do not know. Who has left is not on leave as well.
 */
function statusOf(reader: Reader): HrRecord['status'] {
  const instead = 'the person is taken as active'
  if (reader.hasColumn('status') && !reader.isFilled('status')) {
    reader.note('status', 'bad-value', `Column “${reader.columnName('status')}” is empty; ${instead}.`, 'field-dropped')
  }
  const status = reader.word('status', parseStatus, 'a status (active, on leave, inactive)', instead) ?? 'active'
  const isOnLeave = reader.word('onLeave', parseBoolean, 'yes or no') === 'true'
  return status === 'active' && isOnLeave ? 'on-leave' : status
}
