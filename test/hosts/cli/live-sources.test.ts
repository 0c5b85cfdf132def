import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realDoors, runCommand, type Ran } from '../run-command.ts'
import { officer, smallCompany, type SmallCompany } from '../small-company.ts'

const secret = 'q8F~client-secret-nobody-may-see'
const passphrase = 'secrets open here'
const entra = ['source', 'connect', 'entra', 'directory', '--tenant', 'small.example', '--client-id', '11111111-2222-3333-4444-555555555555', '--sign-in', 'secret']

let folder: string
let company: SmallCompany

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-live-'))
  company = await smallCompany(folder)
  await company.muster(['init', 'workspace', '--officer', officer.email, '--name', 'Small Company'])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const typing = (argv: readonly string[], typed: readonly string[]): Promise<Ran> =>
  runCommand(argv, realDoors, { cwd: folder, env: { MUSTER_WORKSPACE: company.workspace, MUSTER_WORKSPACE_PASSPHRASE: officer.passphrase }, typed })

const everyFile = async (): Promise<string> => {
  const entries = await readdir(company.workspace, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n')
}

describe('a live source, typed', () => {
  it('is added with a secret that is typed, and the secret is in no file and no output', async () => {
    const added = await typing(entra, [secret, passphrase, passphrase])
    expect(added.err).toContain('Choose a passphrase')
    expect(`${added.err.split('\n').slice(3).join('')}${added.exit}`).toBe('0')
    const list = await company.muster(['source', 'list', '--json'])
    expect(list.json()).toMatchObject([{ name: 'directory', kind: 'entra', config: { from: 'entra', tenant: 'small.example', readsUsage: true, isHr: false } }])
    expect(`${added.out}${added.err}${list.out}${await everyFile()}`).not.toContain(secret)
  })

  it('takes the secret from a file and the passphrase from the environment where nobody can be asked', async () => {
    await writeFile(join(folder, 'secret.txt'), `${secret}\n`)
    const added = await company.muster([...entra, '--secret-file', 'secret.txt'], { MUSTER_SECRETS_PASSPHRASE: passphrase })
    expect(`${added.err}${added.exit}`).toBe('0')
    expect(await everyFile()).not.toContain(secret)
  })

  it('is not added at all where its secret can be neither kept nor asked about', async () => {
    await writeFile(join(folder, 'secret.txt'), secret)
    const added = await company.muster([...entra, '--secret-file', 'secret.txt'])
    expect(added.exit).not.toBe(0)
    expect(added.err).toContain('Choose a passphrase')
    expect((await company.muster(['source', 'list', '--json'])).json()).toEqual([])
  })

  it('says which setting is wrong, and adds nothing', async () => {
    const http = await company.muster(['source', 'connect', 'okta', 'okta', '--org', 'http://acme.okta.example', '--sign-in', 'token'])
    expect(http.exit).not.toBe(0)
    expect(http.err).toContain('--org-url')
    const way = await company.muster(['source', 'connect', 'scim', 'people', '--url', 'https://hr.example/scim', '--sign-in', 'magic'])
    expect(way.err).toContain('--sign-in')
    expect((await company.muster(['source', 'list', '--json'])).json()).toEqual([])
  })

  it('is refused with a passphrase that does not open the secrets there are', async () => {
    await typing(entra, [secret, passphrase, passphrase])
    const wrong = await typing(['source', 'secret', 'directory'], ['another secret', 'not the passphrase'])
    expect(wrong.exit).not.toBe(0)
    expect(wrong.err).toContain('does not open')
    const right = await typing(['source', 'secret', 'directory'], ['another secret', passphrase])
    expect(right.exit).toBe(0)
  })

  it('has neither a file to preview nor columns to map', async () => {
    await typing(entra, [secret, passphrase, passphrase])
    const mapped = await company.muster(['source', 'map', 'directory', '--check'])
    expect(mapped.err).toContain('asked over the network')
  })

  it('takes its secrets along when it is removed', async () => {
    await typing(entra, [secret, passphrase, passphrase])
    const kept = (): Promise<readonly string[]> => readdir(join(company.workspace, 'keys', 'secrets'))
    expect(await kept()).toContain('1-client-secret.json')
    expect((await company.muster(['source', 'remove', 'directory'])).exit).toBe(0)
    expect(await kept()).not.toContain('1-client-secret.json')
  })
})
