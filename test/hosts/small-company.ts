import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand, realDoors, type Ran } from './run-command.ts'

/** Seven people under one manager, one of whom left; a few rights, one of them high-risk; text that tries to drive a terminal. */
const files = {
  'people.csv': `Worker ID,Status,First Name,Last Name,Email,Job Title,Department,Manager ID,Hire Date,Termination Date
100,Active,Mira,Okafor,mira@small.example,Head of Finance,Finance,,2015-01-05,
101,Active,Jonas,Berg,jonas@small.example,Accountant,Finance,100,2018-03-01,
102,Active,Lena,Vogt,lena@small.example,Accountant,Finance,100,2019-06-01,
103,Active,Tariq,Aziz,tariq@small.example,Clerk,Finance,100,2020-02-01,
104,Active,Ines,Duarte,ines@small.example,Clerk,Finance,100,2021-09-01,
105,Inactive,Otto,Weiss,otto@small.example,Clerk,Finance,100,2017-04-01,2026-08-31
106,Active,"Eve\u001b[31m","Mallory",eve@small.example,Clerk,Finance,100,2022-01-10,
`,
  'access.csv': `account,display name,email,employee id,entitlement,entitlement name,description,application,privilege,risk,granted at
jonas,Jonas Berg,jonas@small.example,101,fin-ledger,Ledger postings,Post to the general ledger,Ledger,none,medium,2020-01-01
lena,Lena Vogt,lena@small.example,102,fin-ledger,Ledger postings,Post to the general ledger,Ledger,none,medium,2020-01-01
tariq,Tariq Aziz,tariq@small.example,103,fin-ledger,Ledger postings,Post to the general ledger,Ledger,none,medium,2021-01-01
ines,Ines Duarte,ines@small.example,104,fin-pay,Payment release,Release payments to the bank,Payments,elevated,high,2022-01-01
otto,Otto Weiss,otto@small.example,105,fin-pay,Payment release,Release payments to the bank,Payments,elevated,high,2018-01-01
eve,"Eve\u001b[31m Mallory",eve@small.example,106,fin-read,Reports,Read reports,Ledger,none,low,2023-01-01
mira,Mira Okafor,mira@small.example,100,fin-read,Reports,Read reports,Ledger,none,low,2016-01-01
`,
} as const

export const smallAsOf = '2026-11-20'
export const officer = { email: 'olga@small.example', passphrase: 'officer says so' }
export const manager = { email: 'mira@small.example', passphrase: 'manager says so' }

export interface SmallCompany {
  readonly folder: string
  readonly workspace: string
  /** A command in the workspace, as of its day, failing the test's expectations only through its exit code. */
  readonly muster: (argv: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran>
}

/** Source files and a `muster` that works on `folder`/workspace; nothing is made yet. */
export const smallCompany = async (folder: string): Promise<SmallCompany> => {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const workspace = join(folder, 'workspace')
  return {
    folder,
    workspace,
    muster: (argv, env = {}) =>
      runCommand(argv, realDoors, { cwd: folder, env: { MUSTER_WORKSPACE: workspace, MUSTER_PASSPHRASE: officer.passphrase, MUSTER_OFFICER_PASSPHRASE: officer.passphrase, ...env } }),
  }
}

const must = (ran: Ran, what: string): Ran => {
  if (ran.exit !== 0) throw new Error(`${what} ended with ${ran.exit}: ${ran.out}${ran.err}`)
  return ran
}

/** From files to a running campaign over everything, the manager enrolled. */
export const launchedCompany = async (folder: string): Promise<SmallCompany> => {
  const company = await smallCompany(folder)
  const { muster } = company
  must(await muster(['init', 'workspace', '--officer', officer.email, '--name', 'Small Company']), 'init')
  must(await muster(['source', 'add', 'hr', 'people.csv', '--kind', 'hr']), 'source add hr')
  must(await muster(['source', 'add', 'access', 'access.csv', '--kind', 'csv-entitlements']), 'source add access')
  must(await muster(['sync', '--as-of', smallAsOf]), 'sync')
  must(await muster(['campaign', 'create', '--name', 'All of it', '--due', '2026-12-20', '--as-of', smallAsOf]), 'campaign create')
  must(await muster(['campaign', 'launch', '1', '--as-of', smallAsOf]), 'campaign launch')
  must(await muster(['enrol', manager.email], { MUSTER_PASSPHRASE: manager.passphrase }), 'enrol')
  return company
}
