import { isAbsolute } from 'node:path'
import type { Connector, GrantRecord, HrRecord, Preview, Records, SignInRecord } from '../connectors/connector.ts'
import { mapping as mappingModel, requiredFields, type Mapping, type Reject, type FileSourceKind } from '../../shared/model/source.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { fileSourceNamed } from './find-source.ts'

/** What somebody changed of a mapping. A column set to the empty text is unmapped again; what is not named stays. */
export type MappingChange = { readonly [K in keyof Mapping]?: Mapping[K] | undefined }

export interface SourcePreview {
  readonly header: string[]
  readonly mapping: Mapping
  /** Required fields without a column or a constant: the file cannot be read until they have one. */
  readonly missing: string[]
  readonly rows: Record<string, string | null>[]
  readonly rejects: Reject[]
  readonly rowsRead: number
  readonly protectedColumns: string[]
}

/** First rows of a source's file under its mapping with these changes. Saves nothing. */
export async function previewSource(
  context: Context, actor: Actor, input: { readonly source: string; readonly mapping: MappingChange | null; readonly rows: number },
): Promise<SourcePreview> {
  mustBeOfficer(actor)
  const source = await fileSourceNamed(context.store.db, input.source)
  return previewFile(context.connectors[source.kind], source.config.file, source.mapping, input.mapping, input.rows)
}

/** First rows of a file that is no source yet. */
export async function previewNewFile(
  context: Context, actor: Actor,
  input: { readonly kind: FileSourceKind; readonly file: string; readonly mapping: MappingChange | null; readonly rows: number },
): Promise<SourcePreview> {
  mustBeOfficer(actor)
  if (!isAbsolute(input.file)) throw new Refusal('invalid', 'The file must be named with its full path.')
  return previewFile(context.connectors[input.kind], input.file, null, input.mapping, input.rows)
}

/** A mapping is guessed where none is saved. While required fields are missing there is a header to choose from, but no rows. */
export async function previewFile(
  connector: Connector, file: string, saved: Mapping | null, change: MappingChange | null, rows: number,
): Promise<SourcePreview> {
  const guessed = saved === null ? (await connector.preview(file, null, 0)).guess : saved
  const mapping = change === null ? guessed : changeMapping(guessed, change)
  const missing = missingFields(connector.kind, mapping)
  const preview = await connector.preview(file, missing.length === 0 ? mapping : null, missing.length === 0 ? rows : 0)
  return {
    header: [...preview.header],
    mapping,
    missing,
    rows: missing.length === 0 ? previewRows(preview) : [],
    rejects: missing.length === 0 ? [...preview.rejects] : [],
    rowsRead: missing.length === 0 ? preview.rowsRead : 0,
    protectedColumns: [...preview.protectedColumns],
  }
}

export function changeMapping(base: Mapping, change: MappingChange): Mapping {
  const merged = { ...base.columns, ...change.columns }
  const columns = Object.fromEntries(Object.entries(merged).filter(([, column]) => column !== ''))
  const rest = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return mappingModel.parse({ ...base, ...rest, columns })
}

function missingFields(kind: FileSourceKind, mapping: Mapping): string[] {
  return requiredFields[kind].filter((field) => mapping.columns[field] === undefined && mapping.constants[field] === undefined)
}

type Row = Record<string, string | null>

function previewRows(preview: Preview): Row[] {
  const empty = preview.accounts.map((account) => grantRow({ ...account, entitlement: null }))
  return [...recordRows(preview.rows), ...empty]
}

function recordRows(rows: Records): Row[] {
  switch (rows.of) {
    case 'grants': return rows.records.map(grantRow)
    case 'people': return rows.records.map(personRow)
    case 'sign-ins': return rows.records.map(signInRow)
  }
}

const text = (value: boolean | null | undefined): string | null => (value == null ? null : value ? 'yes' : 'no')

function grantRow(grant: Partial<Omit<GrantRecord, 'entitlement'>> & { readonly entitlement: string | null }): Row {
  const { account = null, accountName = null, email = null, employeeId = null, accountKind = null, isEnabled, entitlement } = grant
  const { entitlementName = null, description = null, application = null, privilege = null, risk = null, owner = null } = grant
  const { path = null, grantedAt = null, expiresAt = null, lastUsed = null } = grant
  return {
    account, accountName, email, employeeId, accountKind, accountEnabled: text(isEnabled), entitlement, entitlementName,
    entitlementDescription: description, application, privilege, risk, owner, path, grantedAt, expiresAt, lastUsed,
  }
}

function personRow(person: HrRecord): Row {
  const { displayName, kind, managerEmployeeId, status, ...rest } = person
  return { ...rest, fullName: displayName, workerKind: kind, status, managerId: managerEmployeeId }
}

function signInRow({ account, application, at, isSuccess }: SignInRecord): Row {
  return { account, application, at, result: isSuccess ? 'success' : 'failure' }
}
