import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { table } from '../../../src/main/hosts/cli/table.ts'
import { cut, printable, printableJson, widthOf } from '../../../src/main/hosts/cli/terminal-text.ts'
import { olga, realDoors, runCommand, rui, scriptedDoors } from '../run-command.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'muster-manners-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const session = (email: string): unknown => ({
  person: { email, name: email, roles: ['officer'], isEnrolled: true }, workspace: { name: 'W', isSample: false, rootFingerprint: 'ab' },
  asOf: '2026-01-31', version: '0.1.0', host: 'cli',
})

const people = [{ email: olga.email, name: olga.name, roles: ['officer'], isEnrolled: true }]

describe('errors', () => {
  it('are one sentence on stderr and exit 2, and a JSON object with --json, never both and never on stdout', async () => {
    const doors = scriptedDoors({ 'workspace.people': () => { throw new ORPCError('CONFLICT', { status: 409, message: 'It is closed; nothing was changed.' }) } })
    expect(await runCommand(['people'], doors)).toMatchObject({ exit: 2, out: '', err: 'muster: It is closed; nothing was changed.\n' })
    const asJson = await runCommand(['people', '--json'], doors)
    expect(asJson).toMatchObject({ exit: 2, out: '' })
    expect(JSON.parse(asJson.err)).toEqual({ error: { code: 'conflict', message: 'It is closed; nothing was changed.' } })
  })

  it('nobody foresaw say where the details are and keep the rest out of sight', async () => {
    const doors = scriptedDoors({ 'workspace.people': () => { throw new Error('password=hunter2') } })
    const ran = await runCommand(['people'], doors)
    expect(ran.exit).toBe(2)
    expect(ran.err).toContain('log-1')
    expect(ran.err).not.toContain('hunter2')
  })

  it.each([
    ['an unknown command', ['bogus']], ['an unknown option', ['status', '--bogus']], ['a missing argument', ['init']], ['a bad number', ['undo', 'x']],
    ['a bad outcome', ['decide', '1', 'perhaps']], ['a bad kind', ['source', 'add', 'a', 'b', '--kind', 'c']], ['a bad mapping', ['source', 'map', 'a', '--column', 'x']],
    ['two ways at once', ['source', 'judge', '1', '--accept', '--discard', '--reason', 'x']], ['two acting people', ['people', '--as', olga.email, '--as', rui.email]],
    ['an unknown person', ['people', '--as', 'eve@example.org']], ['a campaign without a due day', ['campaign', 'create', '--name', 'x']],
    ['a missing file', ['decide', '--file', 'nowhere.csv']], ['a bad port', ['serve', '--port', '99999']], ['no command at all', []],
  ])('%s is a usage error: exit 2', async (_, argv) => {
    const ran = await runCommand(argv, scriptedDoors({ 'workspace.people': () => people, 'workspace.session': () => session(olga.email) }), { cwd: folder })
    expect(ran.exit).toBe(2)
  })

  it('of a bundle that is not there are told as plainly', async () => {
    const ran = await runCommand(['verify', 'nowhere', '--root', 'nowhere.pem', '--json'], realDoors, { cwd: folder })
    expect(ran.exit).toBe(2)
    expect(JSON.parse(ran.err)).toMatchObject({ error: { code: 'not-found' } })
    expect(ran.err).not.toContain('did not foresee')
  })

  it('close the workspace all the same', async () => {
    const doors = scriptedDoors({})
    await runCommand(['people'], doors)
    expect(doors.closed()).toBe(1)
  })
})

describe('where and who', () => {
  it('the workspace is --workspace, else MUSTER_WORKSPACE, else here; --as-of is handed on; the officer acts unless --as names another', async () => {
    const seen: string[] = []
    const doors = scriptedDoors({ 'workspace.people': ({ actor }) => { seen.push(actor.email); return people } })
    await runCommand(['people', '--workspace', 'a', '--as-of', '2026-01-31'], doors, { cwd: folder, env: { MUSTER_WORKSPACE: 'b' } })
    await runCommand(['-w', 'a', 'people', '--as', rui.email], doors, { cwd: folder })
    await runCommand(['people'], doors, { cwd: folder, env: { MUSTER_WORKSPACE: 'b' } })
    await runCommand(['people'], doors, { cwd: folder })
    expect(doors.opened.map((one) => one.folder)).toEqual([join(folder, 'a'), join(folder, 'a'), join(folder, 'b'), folder])
    expect(doors.opened[0]?.asOf).toBe('2026-01-31')
    expect(seen).toEqual([olga.email, rui.email, olga.email, olga.email])
  })

  it('a folder that is no workspace is said to be none', async () => {
    const ran = await runCommand(['status'], realDoors, { cwd: folder })
    expect(ran.exit).toBe(2)
    expect(ran.err).toContain('muster init')
  })
})

describe('passphrases', () => {
  const doors = (heard: string[]) => scriptedDoors({
    'review.mine': () => [], 'review.signOffSummary': () => { throw new ORPCError('NOT_FOUND', { status: 404, message: 'none' }) },
    'workspace.enrol': ({ input }) => {
      const { passphrase, officerPassphrase } = input as { passphrase: string; officerPassphrase: string }
      heard.push(passphrase, officerPassphrase)
      return { email: rui.email, fingerprint: 'ab' }
    },
  })

  it('come from files, without the line ending', async () => {
    await writeFile(join(folder, 'new'), ' spaced out \n')
    await writeFile(join(folder, 'old'), 'officer\r\n')
    const heard: string[] = []
    const ran = await runCommand(['enrol', rui.email, '--passphrase-file', 'new', '--officer-passphrase-file', 'old'], doors(heard), { cwd: folder })
    expect(ran.exit).toBe(0)
    expect(heard).toEqual([' spaced out ', 'officer'])
  })

  it('come from the environment, or from hidden prompts, a new one twice', async () => {
    const heard: string[] = []
    await runCommand(['enrol', rui.email], doors(heard), { env: { MUSTER_PASSPHRASE: 'one', MUSTER_OFFICER_PASSPHRASE: 'two' } })
    await runCommand(['enrol', rui.email], doors(heard), { typed: ['officer', 'three', 'three'] })
    expect(heard).toEqual(['one', 'two', 'three', 'officer'])
    const differing = await runCommand(['enrol', rui.email], doors(heard), { typed: ['officer', 'three', 'four'] })
    expect(differing.exit).toBe(2)
    expect(heard).toHaveLength(4)
  })

  it('are asked of nobody where nobody is, and no command takes one as an argument', async () => {
    const ran = await runCommand(['enrol', rui.email], doors([]))
    expect(ran).toMatchObject({ exit: 2 })
    expect(ran.err).toContain('MUSTER_OFFICER_PASSPHRASE')
    expect((await runCommand(['enrol', rui.email, '--passphrase', 'x'], doors([]))).exit).toBe(2)
  })
})

describe('Ctrl+C', () => {
  it('stops streaming work, ends with 130 and closes the workspace', async () => {
    const stop = new AbortController()
    let isEnded = false
    const doors = scriptedDoors({
      'workspace.session': () => session(olga.email),
      'sources.list': () => [],
      'sources.sync': async function* ({ signal }) {
        try {
          for (;;) {
            yield { state: 'working', step: 'Reading', share: null }
            stop.abort()
            signal?.throwIfAborted()
          }
        } finally {
          isEnded = true
        }
      },
    })
    const ran = await runCommand(['sync', 'hr', '--json'], doors, { signal: stop.signal })
    expect(ran.exit).toBe(130)
    expect(JSON.parse(ran.err)).toMatchObject({ error: { code: 'cancelled' } })
    expect([isEnded, doors.closed()]).toEqual([true, 1])
  })

  it('between two rows of a file reports how many were not tried', async () => {
    const stop = new AbortController()
    const doors = scriptedDoors({ 'review.decide': () => { stop.abort(); throw new ORPCError('INVALID', { status: 422, message: 'needs a reason' }) } })
    await writeFile(join(folder, 'three.csv'), 'item,outcome\n1,keep\n2,keep\n3,keep\n')
    const ran = await runCommand(['decide', '--file', 'three.csv', '--json'], doors, { cwd: folder, signal: stop.signal })
    expect(ran.exit).toBe(1)
    expect(ran.json()).toEqual({ rows: 3, decided: 0, refused: [{ row: 2, problem: 'needs a reason' }], notTried: 2 })
  })
})

describe('text from elsewhere', () => {
  const hostile = '\u001b]0;owned\u0007\u009b31mEve\u202e\u200b\r\nMallory'

  it('never drives the terminal, in no character', () => {
    expect(printable(hostile)).toBe('\\u001b]0;owned\\u0007\\u009b31mEve\\u202e\\u200b\\u000d\\u000aMallory')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(printable(text))))
  })

  it('comes back from JSON as it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { expect(JSON.parse(printableJson({ text }, 2))).toEqual({ text }) }))
    expect(printableJson({ hostile })).not.toContain('\u009b')
  })

  it('stands aligned, whatever script it is in', () => {
    const lines = table([{ title: 'name', of: (row: string) => row, max: 12 }, { title: 'n', of: () => 1 }], ['Ana', '東京タワー', 'Zoë\u0301', '🧑‍💻 dev', 'a very long name indeed', hostile], '')
    const places = lines.map((line) => widthOf(line.slice(0, line.lastIndexOf(line.endsWith('N') ? 'N' : '1'))))
    expect(new Set(places).size).toBe(1)
    expect(widthOf(cut('東京タワー', 5))).toBeLessThanOrEqual(5)
  })
})

describe('a demo', () => {
  it('touches no folder that it did not make', async () => {
    await writeFile(join(folder, 'precious'), 'x')
    for (const extra of [[], ['--fresh']]) {
      const ran = await runCommand(['demo', folder, ...extra, '--json'], scriptedDoors({}))
      expect(ran.exit).toBe(2)
      expect(JSON.parse(ran.err)).toMatchObject({ error: { code: 'not-empty' } })
    }
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('x')
  })

  it('made before is offered instead of made again', async () => {
    const made = await mkdtemp(join(tmpdir(), 'muster-old-demo-'))
    await writeFile(join(made, 'muster-demo.json'), JSON.stringify({ madeBy: 'muster demo', seed: 1, people: 40, asOf: '2026-01-31', reviewer: null }))
    const ran = await runCommand(['demo', made], scriptedDoors({}))
    expect(ran.exit).toBe(2)
    expect(ran.err).toContain('--fresh')
    await rm(made, { recursive: true })
  })
})
