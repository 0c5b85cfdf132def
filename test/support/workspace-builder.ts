import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import { createApp, initWorkspace, type Actor, type App } from '../../src/main/app.ts'
import { campaignSpec, type CampaignSpec } from '../../src/shared/model/campaign.ts'
import type { Contract } from '../../src/shared/contract/index.ts'

export type Client = ContractRouterClient<Contract>

/** Opens every key in a built workspace. */
export const passphrase = 'correct horse'
/** The day everything is judged as of. */
export const asOf = '2026-03-31'
/** HR says all of these work here; Olga is the compliance officer, Ada is above everybody, Mia leads the team. */
export const olga = 'olga.officer@example.com'
export const ada = 'ada.above@example.com'
export const mia = 'mia.manager@example.com'
export const tom = 'tom.team@example.com'

export interface TestWorkspace {
  readonly folder: string
  readonly app: App
  readonly officer: Client
  readonly as: (email: string) => Promise<Client>
  readonly close: () => Promise<void>
}

/** Ada reviews herself nowhere: her own access falls to owners and the fallback. Lou left and still has access. */
const people = `Employee ID,Status,Name,Email,Department,Title,Manager ID,Hire Date,Termination Date
1001,active,Ada Above,${ada},Board,Director,,2015-01-05,
1002,active,Mia Manager,${mia},Finance,Head of Finance,1001,2017-04-01,
1003,active,Tom Team,${tom},Finance,Accountant,1002,2019-06-01,
1004,active,Tia Team,tia.team@example.com,Finance,Accountant,1002,2020-06-01,
1005,active,Ted Team,ted.team@example.com,Finance,Accountant,1002,2021-06-01,
1006,inactive,Lou Leaver,lou.leaver@example.com,Finance,Accountant,1002,2018-06-01,2026-02-28
1007,active,Olga Officer,${olga},Compliance,Compliance Officer,1001,2016-02-01,
`

const rights = [
  ['erp-post', 'Post invoices', 'ERP', 'none', 'medium', mia],
  ['erp-pay', 'Release payments', 'ERP', 'elevated', 'high', ada],
  ['erp-admin', 'ERP administration', 'ERP', 'admin', 'critical', mia],
  ['crm-read', 'Read customers', 'CRM', 'none', 'low', ''],
] as const

const held: Readonly<Record<string, readonly (typeof rights)[number][0][]>> = {
  ada: ['crm-read', 'erp-post'], mia: ['erp-post', 'erp-pay', 'erp-admin', 'crm-read'], tom: ['erp-post', 'erp-pay', 'crm-read'], tia: ['erp-post', 'crm-read'],
  ted: ['erp-post', 'erp-admin'], lou: ['erp-post', 'crm-read'], olga: ['crm-read'], 'svc-batch': ['erp-post'],
}

const surnames: Readonly<Record<string, string>> = { ada: 'above', mia: 'manager', tom: 'team', tia: 'team', ted: 'team', lou: 'leaver', olga: 'officer' }

function grantsFile(extra: number): string {
  const lines = ['Account,Email,Entitlement,Entitlement Name,Application,Privilege,Risk,Owner,Granted']
  const add = (account: string, email: string, [id, name, application, privilege, risk, owner]: (typeof rights)[number]): void => {
    lines.push([account, email, id, name, application, privilege, risk, owner, '2024-05-01'].join(','))
  }
  for (const [account, ids] of Object.entries(held)) {
    const surname = surnames[account]
    for (const right of rights) if (ids.includes(right[0])) add(account, surname === undefined ? '' : `${account}.${surname}@example.com`, right)
  }
  for (let n = 0; n < extra; n += 1) for (const right of rights.slice(0, 2)) add(`extra-${n}`, '', right)
  return `${lines.join('\n')}\n`
}

function signInsFile(): string {
  const lines = ['Account,Application,Time,Result']
  for (let month = 1; month <= 3; month += 1) {
    for (const account of ['mia', 'tom', 'tia']) lines.push(`${account},ERP,2026-0${month}-10T08:00:00Z,success`, `${account},CRM,2026-0${month}-11T08:00:00Z,success`)
  }
  return `${lines.join('\n')}\n`
}

export interface BuildOptions {
  /** Accounts nobody in HR owns, two grants each; they all fall to owners and the fallback. */
  readonly orphans?: number
  /** Who gets a signing key besides the officer, each half a second of key derivation. */
  readonly enrolled?: readonly string[]
}

/** Where the fixtures of a built workspace lie, beside it. */
export function fixtureFolder(folder: string): string {
  return `${folder}-files`
}

/** A small real workspace, read from files: seven people, 17 grants (one of them a service account's), three months of sign-ins. */
export async function buildWorkspace(folder: string, options: BuildOptions = {}): Promise<TestWorkspace> {
  const files = fixtureFolder(folder)
  await mkdir(files, { recursive: true })
  await writeFile(join(files, 'people.csv'), people)
  await writeFile(join(files, 'grants.csv'), grantsFile(options.orphans ?? 0))
  await writeFile(join(files, 'sign-ins.csv'), signInsFile())
  await initWorkspace(folder, { name: 'Test & Sons', officerEmail: olga, officerName: 'Olga Officer', passphrase, isSample: false, at: null })
  const workspace = await openWorkspace(folder)
  try {
    const { officer } = workspace
    await officer.sources.add({ name: 'HR', kind: 'hr', config: { file: join(files, 'people.csv') } })
    await officer.sources.add({ name: 'ERP', kind: 'csv-entitlements', config: { file: join(files, 'grants.csv') } })
    await officer.sources.add({ name: 'Logins', kind: 'csv-sign-ins', config: { file: join(files, 'sign-ins.csv'), accountsOf: 'ERP' } })
    for (const source of ['HR', 'ERP', 'Logins']) {
      const run = await finish(await officer.sources.sync({ source, asOf }))
      if (run.state !== 'complete') throw new Error(`the fixture ${source} was not taken: ${run.notes.join(' ')}`)
    }
    for (const email of options.enrolled ?? []) await enrol(officer, email)
  } catch (error) {
    await workspace.close()
    throw error
  }
  return workspace
}

export async function enrol(officer: Client, email: string): Promise<void> {
  await officer.workspace.enrol({ email, name: email, roles: ['reviewer'], passphrase, officerPassphrase: passphrase })
}

export async function openWorkspace(folder: string, options: { readonly threads?: boolean; readonly passphrase?: string; /** `web`: for what a browser is to see. */ readonly host?: 'cli' | 'web' } = {}): Promise<TestWorkspace> {
  const app = await createApp({ folder, asOf, host: options.host ?? 'cli', threads: options.threads ?? false, ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }) })
  const clientOf = (actor: Actor): Client => createRouterClient(app.router, { context: { actor } })
  return {
    folder, app,
    officer: clientOf(await app.officer()),
    as: async (email) => {
      const actor = await app.actor(email)
      if (actor === undefined) throw new Error(`${email} does not act in the test's workspace`)
      return clientOf(actor)
    },
    close: app.close,
  }
}

/** A closed workspace's folder as it lies on the disk: quicker than building another one. */
export async function copyWorkspace(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true })
  return to
}

/** Reads long work to its end and returns what it made. */
export async function finish<T>(steps: AsyncIterable<{ state: 'working' } | { state: 'done'; result: T }>): Promise<T> {
  for await (const step of steps) if (step.state === 'done') return step.result
  throw new Error('the work ended without a result')
}

/** Everything in scope, managers first, Olga for what is left; reasons wanted as the product's defaults say. */
export function specOf(name: string, change: { readonly scope?: object; readonly reviewers?: object; readonly rules?: object } = {}): CampaignSpec {
  return campaignSpec.parse({
    name, scope: change.scope ?? {}, reviewers: { fallback: olga, ...change.reviewers }, rules: { dueOn: '2026-04-30', ...change.rules }, control: {},
  })
}

/** Creates and launches; returns the campaign's number. */
export async function launch(officer: Client, spec: CampaignSpec): Promise<number> {
  const { id } = await officer.campaigns.create({ spec, asOf })
  await finish(await officer.campaigns.launch({ campaign: id }))
  return id
}
