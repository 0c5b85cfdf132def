import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchedCompany, manager, officer, smallAsOf, type SmallCompany } from '../small-company.ts'
import { realDoors, runCommand } from '../run-command.ts'

let folder: string
let company: SmallCompany

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
  company = await launchedCompany(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Item { itemId: number; subjectName: string; entitlementName: string; state: string; advice: string | null }

const queueOf = async (): Promise<readonly Item[]> =>
  ((await company.muster(['queue', '--as', manager.email, '--json'])).json() as { items: Item[] }).items

describe('the whole job, typed', () => {
  it('counts what was read, and shows hostile names as text', async () => {
    const status = (await company.muster(['status', '--json', '--as-of', smallAsOf])).json()
    expect(status).toMatchObject({ workspace: 'Small Company', hrPeople: 7, grants: 7, leaversWithAccess: 1 })
    const found = await company.muster(['search', 'mallory'])
    expect(found.out).not.toContain('\u001b')
    expect(found.out).toContain('Mallory')
  })

  it('advises line by line, as text and as JSON lines', async () => {
    const text = await company.muster(['recommend', '--as-of', smallAsOf])
    expect(text.exit).toBe(0)
    expect(text.out.split('\n').find((line) => line.includes('Otto'))).toMatch(/fin-pay\s+revoke\s+.*leaver-revoke/)
    expect(text.out).not.toContain('\u001b')
    const lines = (await company.muster(['recommend', '--campaign', '1', '--json'])).out.trim().split('\n').map((line) => JSON.parse(line) as { action: string })
    expect(lines).toHaveLength(7)
    expect((await company.muster(['recommend', '--action', 'revoke', '--json', '--as-of', smallAsOf])).out.trim().split('\n').every((line) => JSON.parse(line).action === 'revoke')).toBe(true)
  })

  it('decides from a file: good rows are taken, each bad one is named with its row, and the counts add up', async () => {
    const items = await queueOf()
    const of = (name: string): number => items.find((item) => item.subjectName.startsWith(name))?.itemId ?? 0
    await writeFile(join(folder, 'decisions.csv'), [
      'item,outcome,until,reason_code,reason',
      `${of('Otto')},revoke,,left,`,
      `${of('Jonas')},keep,,still-needed,"Posts every day, ""really"""`,
      `${of('Ines')},perhaps,,,`,
      `999999,keep,,still-needed,`,
      `${of('Otto')},keep,,still-needed,`,
      `${of('Lena')},keep-until,,needed-until-date,`,
      'x,keep,,,',
      '',
    ].join('\n'))
    const ran = await company.muster(['decide', '--file', 'decisions.csv', '--as', manager.email, '--json'])
    expect(ran.exit).toBe(1)
    const told = ran.json() as { rows: number; decided: number; notTried: number; refused: { row: number; problem: string }[] }
    expect(told).toMatchObject({ rows: 7, decided: 2, notTried: 0 })
    expect(told.refused.map(({ row }) => row)).toEqual([4, 5, 6, 7, 8])
    expect(told.refused[2]?.problem).toContain('row 2')
    const after = await queueOf()
    expect(after.find((item) => item.itemId === of('Otto'))?.state).toBe('revoke')
    expect(after.filter((item) => item.state !== 'undecided')).toHaveLength(2)
  })

  it('decides one item, takes it back, and decides again', async () => {
    const ines = (await queueOf()).find((item) => item.subjectName.startsWith('Ines'))?.itemId ?? 0
    const id = String(ines)
    expect((await company.muster(['decide', id, 'keep-until', '--until', '2027-01-31', '--reason-code', 'needed-until-date', '--as', manager.email])).exit).toBe(0)
    expect((await company.muster(['undo', id, '--as', manager.email])).out).toContain('undecided again')
    expect((await company.muster(['decide', id, 'revoke', '--reason-code', 'not-needed', '--as', manager.email])).exit).toBe(0)
    expect((await company.muster(['item', id, '--as', manager.email])).out).toContain('revoke by mira@small.example')
    expect((await company.muster(['together', '--as', manager.email])).out).toContain('Nothing that was decided in one go waits for the sign-off')
    expect((await company.muster(['undo', '--together', '1', '--as', manager.email, '--json'])).err).toContain('Nothing of this is left to undo')
    expect((await company.muster(['undo', id, '--together', '1', '--as', manager.email])).err).toContain('not both')
  })

  it('signs off only with the right passphrase, and shows first what is signed', async () => {
    const wrong = await company.muster(['sign-off', '--as', manager.email, '--json'], { MUSTER_PASSPHRASE: 'guess' })
    expect(wrong.exit).toBe(2)
    expect(JSON.parse(wrong.err)).toMatchObject({ error: { code: 'wrong-passphrase' } })
    expect(wrong.err + wrong.out).not.toContain('guess')
    const signed = await company.muster(['sign-off', '--as', manager.email], { MUSTER_PASSPHRASE: manager.passphrase })
    expect(signed.exit).toBe(0)
    expect(signed.err).toContain('You sign:')
    expect((await company.muster(['undo', String((await queueOf()).find((item) => item.state === 'revoke')?.itemId), '--as', manager.email])).exit).toBe(2)
  })

  it('closes, seals, and verifies: in the workspace, and anywhere with nothing but the bundle and the root', async () => {
    expect((await company.muster(['campaign', 'close', '1'])).exit).toBe(0)
    const sealed = (await company.muster(['seal', '--out', 'evidence', '--json'])).json() as { path: string; exceptions: string[] }
    expect(sealed.exceptions.length).toBeGreaterThan(0)
    const inside = await company.muster(['verify', sealed.path, '--json'])
    expect(inside.json()).toMatchObject({ isValid: true })
    expect(inside.exit).toBe(0)
    const anywhere = await mkdtemp(join(tmpdir(), 'muster-elsewhere-'))
    const root = join(sealed.path, 'certs', 'root.pem')
    const alone = await runCommand(['verify', sealed.path, '--root', root, '--seen', join(sealed.path, 'checkpoint'), '--json'], realDoors, { cwd: anywhere })
    expect(alone.json()).toMatchObject({ isValid: true })
    await writeFile(join(sealed.path, 'items.csv'), `${await readFile(join(sealed.path, 'items.csv'), 'utf8')} `)
    const forged = await runCommand(['verify', sealed.path, '--root', root], realDoors, { cwd: anywhere })
    expect(forged.exit).toBe(1)
    expect(forged.out).toContain('NOT VALID')
    expect(forged.out).toContain('FAILED')
    await rm(anywhere, { recursive: true })
  })

  it('draws an audit sample and shows it again from its seed; a sample or number that is not there is said to be missing', async () => {
    const drawn = await company.muster(['sample', 'draw', '--seed', 'lottery: 4 8 15', '--size', '3'])
    expect([drawn.exit, drawn.err]).toEqual([0, ''])
    const shown = await company.muster(['sample', 'show', '1'])
    expect(shown.exit).toBe(0)
    expect(shown.out).toContain('Drawn again with its seed: the same items.')
    expect(shown.out).not.toContain('\u001b')
    const { items, isSame } = (await company.muster(['sample', 'show', '1', '--json'])).json() as { items: { item: number }[]; isSame: boolean }
    expect([items.length, isSame]).toEqual([3, true])
    const csv = (await company.muster(['sample', 'show', '1', '--csv'])).out.trimEnd().split('\n')
    expect(csv).toHaveLength(4)
    for (const [number, sentence] of [['2', /sample/i], ['none', /number/i]] as const) {
      const missing = await company.muster(['sample', 'show', number])
      expect([missing.exit, missing.err]).toEqual([2, expect.stringMatching(sentence)])
    }
  })

  it('checks the log, reads a snapshot back, backs up without overwriting', async () => {
    expect((await company.muster(['log', 'check', '--json'])).json()).toMatchObject({ isValid: true })
    expect((await company.muster(['snapshot', 'show', '2'])).out).toContain('the same')
    expect((await company.muster(['backup', 'copy.muster-backup'])).exit).toBe(0)
    const again = await company.muster(['backup', 'copy.muster-backup'])
    expect(again.exit).toBe(2)
    expect((await readdir(folder)).filter((name) => name.startsWith('copy'))).toEqual(['copy.muster-backup'])
  })

  it('says who has the workspace when it is open elsewhere, and loses nothing', async () => {
    const app = await realDoors.createApp({ folder: company.workspace, asOf: null, host: 'web', threads: false, passphrase: officer.passphrase })
    const second = await company.muster(['status', '--json'])
    await app.close()
    expect(second.exit).toBe(2)
    expect(JSON.parse(second.err)).toMatchObject({ error: { code: 'locked' } })
    expect((await company.muster(['status'])).exit).toBe(0)
  })
})
