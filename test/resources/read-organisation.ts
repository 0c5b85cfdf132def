import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Truth } from '../../resources/sample-organisation/model.ts'
import type { OrganisationSummary } from '../../resources/sample-organisation/write-files.ts'

export type Row = Record<string, string>
export type Access = {
  source: string; account: string; email: string; employeeId: string; kind: string; entitlement: string; application: string
  privilege: string; row: Row
}
export type Use = { source: string; account: string; application: string; at: string; isSuccess: boolean }

/** An organisation as somebody sees it who has nothing but its files. */
export type ReadOrganisation = {
  summary: OrganisationSummary
  truth: Truth & { expected: Record<string, unknown> }
  hr: { asOf: string; rows: Row[] }[]
  directory: { asOf: string; rows: Row[] }[]
  /** The latest state of both access sources, under our own field names. */
  access: Access[]
  signIns: Use[]
  rowsOf: Map<string, number>
}

async function readCsv(dir: string, name: string): Promise<Row[]> {
  return parse(await readFile(join(dir, name)), { columns: true })
}

export async function readOrganisation(dir: string): Promise<ReadOrganisation> {
  const summary = JSON.parse(await readFile(join(dir, 'organisation.json'), 'utf8')) as OrganisationSummary
  const rowsOf = new Map<string, number>()
  const read = async (name: string): Promise<Row[]> => {
    const rows = await readCsv(dir, name)
    rowsOf.set(name, rows.length)
    return rows
  }
  const access: Access[] = []
  const signIns: Use[] = []
  const states = new Map<string, { asOf: string; rows: Row[] }[]>()
  for (const { source, kind, accountsOf, files, columns } of summary.sources) {
    const loaded = []
    for (const file of files) loaded.push({ asOf: file.asOf, rows: await read(file.name) })
    states.set(source, loaded)
    const at = (row: Row, field: string): string => row[columns[field] ?? ''] ?? ''
    for (const row of loaded.at(-1)?.rows ?? []) {
      if (kind === 'csv-entitlements') {
        access.push({
          source, account: at(row, 'account'), email: at(row, 'email').toLowerCase(), employeeId: at(row, 'employeeId'),
          kind: at(row, 'accountKind'), entitlement: at(row, 'entitlement'), application: at(row, 'application'),
          privilege: at(row, 'privilege'), row,
        })
      } else if (kind === 'csv-sign-ins') {
        const isSuccess = at(row, 'result') === 'success'
        const [account, application] = [at(row, 'account'), at(row, 'application')]
        signIns.push({ source: accountsOf ?? '', account, application, at: at(row, 'at'), isSuccess })
      }
    }
  }
  const truth = JSON.parse(await readFile(join(dir, 'truth.json'), 'utf8')) as ReadOrganisation['truth']
  return { summary, truth, hr: states.get('hr') ?? [], directory: states.get('directory') ?? [], access, signIns, rowsOf }
}

/** The worker a login belongs to, found the way the product does: employee id first, then e-mail; null = nobody HR ever knew. */
export function createLinker(organisation: ReadOrganisation): (access: Access) => string | null {
  const byMail = new Map<string, string>()
  const ids = new Set<string>()
  for (const { rows } of organisation.hr) {
    for (const row of rows) {
      ids.add(row['Worker ID'] ?? '')
      byMail.set((row['Email'] ?? '').toLowerCase(), row['Worker ID'] ?? '')
    }
  }
  return ({ employeeId, email }) => (ids.has(employeeId) ? employeeId : (byMail.get(email) ?? null))
}

export async function readBytes(dir: string): Promise<Map<string, Buffer>> {
  const names = (await readdir(dir)).sort()
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name))] as const)))
}
