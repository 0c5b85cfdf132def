import { mkdir, open, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { accessHeaders, accessRowsAt } from './access-rows.ts'
import { isoDay } from './calendar.ts'
import { csvLine } from './csv.ts'
import { hrHeader, hrStateAt } from './hr-history.ts'
import type { Organisation, SourceName } from './model.ts'
import { signInsByDay } from './sign-ins.ts'
import { describeSources, signInHeaders, type SourceDescription, type WrittenFile } from './source-descriptions.ts'
import { expectedRecommendations } from './truth.ts'

/** What `organisation.json` says: how the files came about, how many rows each has, and how to read them. */
export type OrganisationSummary = { name: string; seed: number; people: number; asOf: string; sources: SourceDescription[] }

/** Text kept back until it is worth a write. */
const CHUNK_CHARACTERS = 1 << 18

async function writeCsv(
  dir: string, name: string, asOf: string, header: readonly string[], rows: readonly string[][],
): Promise<WrittenFile> {
  await writeFile(join(dir, name), csvLine(header) + rows.map(csvLine).join(''))
  return { name, asOf, rows: rows.length }
}

/** A file written line by line in chunks, so that a year of sign-ins of a large company never sits in memory. */
async function openCsv(dir: string, name: string, header: readonly string[]) {
  const file: FileHandle = await open(join(dir, name), 'w')
  let waiting = csvLine(header)
  let rows = 0
  const flush = async (): Promise<void> => {
    const text = waiting
    waiting = ''
    await file.appendFile(text)
  }
  return {
    add: (fields: readonly string[]): void => {
      waiting += csvLine(fields)
      rows += 1
    },
    flushIfLarge: async (): Promise<void> => {
      if (waiting.length >= CHUNK_CHARACTERS) await flush()
    },
    close: async (): Promise<number> => {
      try {
        await flush()
      } finally {
        await file.close()
      }
      return rows
    },
  }
}

async function writeSignIns(dir: string, organisation: Organisation): Promise<Record<SourceName, WrittenFile>> {
  const names: Record<SourceName, string> = { directory: 'sign-ins.csv', ledgerline: 'erp-sign-ins.csv' }
  const files = {
    directory: await openCsv(dir, names.directory, signInHeaders.directory),
    ledgerline: await openCsv(dir, names.ledgerline, signInHeaders.ledgerline),
  }
  const rows: Record<SourceName, number> = { directory: 0, ledgerline: 0 }
  try {
    for (const day of signInsByDay(organisation)) {
      for (const signIn of day) {
        files[signIn.source].add([signIn.account, signIn.application, signIn.at, signIn.isSuccess ? 'success' : 'failure'])
      }
      await files.directory.flushIfLarge()
      await files.ledgerline.flushIfLarge()
    }
  } finally {
    rows.directory = await files.directory.close()
    rows.ledgerline = await files.ledgerline.close()
  }
  const described = (source: SourceName): WrittenFile => ({ name: names[source], asOf: organisation.asOf, rows: rows[source] })
  return { directory: described('directory'), ledgerline: described('ledgerline') }
}

/**
 * Writes all files of an organisation into a folder (made if missing, existing files of the same names replaced) and returns
 * what `organisation.json` says. That file is removed first and written last: a folder that has it is complete.
 * @throws the file system's error when the folder cannot be written.
 */
export async function writeOrganisation(dir: string, organisation: Organisation): Promise<OrganisationSummary> {
  const { name, seed, people, asOf, hrDays, directoryDays, truth } = organisation
  await mkdir(dir, { recursive: true })
  await rm(join(dir, 'organisation.json'), { force: true })
  const hr: WrittenFile[] = []
  for (const day of hrDays) {
    const date = isoDay(day)
    hr.push(await writeCsv(dir, `hr-${date}.csv`, date, hrHeader, hrStateAt(organisation.workers, day)))
  }
  const directory: WrittenFile[] = []
  for (const day of directoryDays) {
    const date = isoDay(day)
    const file = date === asOf ? 'directory-entitlements.csv' : `directory-entitlements-${date}.csv`
    directory.push(await writeCsv(dir, file, date, accessHeaders.directory, accessRowsAt(organisation, 'directory', day)))
  }
  const today = directoryDays.at(-1) ?? 0
  const erpRows = accessRowsAt(organisation, 'ledgerline', today)
  const ledgerline = await writeCsv(dir, 'erp-entitlements.csv', asOf, accessHeaders.ledgerline, erpRows)
  const signIns = await writeSignIns(dir, organisation)
  await writeFile(join(dir, 'truth.json'), `${JSON.stringify({ expected: expectedRecommendations, ...truth }, null, 2)}\n`)
  const sources = describeSources({
    hr, directory, ledgerline: [ledgerline], directorySignIns: signIns.directory, ledgerlineSignIns: signIns.ledgerline,
  })
  const summary: OrganisationSummary = { name, seed, people, asOf, sources }
  await writeFile(join(dir, 'organisation.json'), `${JSON.stringify(summary, null, 2)}\n`)
  return summary
}
