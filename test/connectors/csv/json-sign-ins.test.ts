import { execFile } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { csvSignIns } from '../../../src/main/connectors/csv/sign-ins.ts'
import { keepRawFile } from '../../../src/main/connectors/raw-file/keep-raw-file.ts'
import { fixture, jsonSignInsMapping } from '../fixtures.ts'
import { inputFolder, mappingOf, readAll } from '../reading.ts'

const folder = inputFolder()
const graph = (index: number, errorCode: number) => ({
  id: `s${String(index)}`, createdDateTime: `2026-10-0${String(index)}T08:00:00Z`, userDisplayName: 'Ada', userPrincipalName: 'ada@example.org',
  appDisplayName: 'Ledger', status: { errorCode, failureReason: errorCode === 0 ? 'Other.' : 'Wrong password' }, location: { city: 'Leipzig' },
})

describe('sign-ins as JSON', () => {
  it('knows an Okta export by its columns and takes only what tells of use', async () => {
    const preview = await csvSignIns.preview(fixture('sign-ins.jsonl'), null, 100)
    expect(preview.guess.columns).toEqual(jsonSignInsMapping.columns)
    expect(preview.notes.join(' ')).toContain('Okta System Log')
    const { signIns, rejects } = await readAll(csvSignIns, fixture('sign-ins.jsonl'), preview.guess)
    expect(signIns).toEqual([
      { account: 'ada@example.org', application: '', at: '2026-10-01T08:00:00.000Z', isSuccess: true },
      { account: 'ada@example.org', application: 'Ledger', at: '2026-10-01T08:00:07.512Z', isSuccess: true },
      { account: 'ben@example.org', application: 'Ledger', at: '2026-10-02T09:12:00.000Z', isSuccess: false },
      { account: 'cy@example.org', application: '', at: '2026-10-04T07:00:00.000Z', isSuccess: true },
    ])
    expect(rejects.map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, 'eventType', 'bad-value'], [5, null, 'bad-value'], [7, 'published', 'bad-date'], [8, 'actor.alternateId', 'missing-required'],
      [9, 'outcome.result', 'bad-value'], [10, null, 'bad-value'],
    ])
  })

  it('reads an Entra export, a list over many lines, with its numbers for success and failure', async () => {
    const path = folder.write(JSON.stringify([graph(1, 0), graph(2, 50_126)], null, 2), 'entra.json')
    const { guess } = await csvSignIns.preview(path, null, 10)
    expect(guess.columns).toEqual({ account: 'userPrincipalName', application: 'appDisplayName', at: 'createdDateTime', result: 'status.errorCode' })
    const { signIns, end } = await readAll(csvSignIns, path, guess)
    expect(signIns.map(({ isSuccess }) => isSuccess)).toEqual([true, false])
    expect(end.isCutOff).toBe(false)
  })

  it('reads a PingOne export', async () => {
    const events = [
      { recordedAt: '2026-10-01T08:00:00Z', action: { type: 'USER.ACCESS_ALLOWED' }, actors: { user: { name: 'ada' }, client: { name: 'Ledger' } }, result: { status: 'SUCCESS' } },
      { recordedAt: '2026-10-01T08:05:00Z', action: { type: 'USER.UPDATED' }, actors: { user: { name: 'ada' } }, result: { status: 'SUCCESS' } },
    ]
    const path = folder.write(events.map((event) => JSON.stringify(event)).join('\n'), 'ping.jsonl')
    const { guess } = await csvSignIns.preview(path, null, 10)
    const { signIns, rejects } = await readAll(csvSignIns, path, guess)
    expect(signIns).toEqual([{ account: 'ada', application: 'Ledger', at: '2026-10-01T08:00:00.000Z', isSuccess: true }])
    expect(rejects.length).toBe(1)
  })

  it('maps any other JSON by its paths', async () => {
    const path = folder.write('{"who":{"login":"ada"},"when":"2026-10-01T08:00:00+02:00","ok":true}\n', 'own.jsonl')
    const mapping = mappingOf({ account: 'who.login', at: 'when', result: 'ok' }, { constants: { application: 'Door' } })
    expect((await readAll(csvSignIns, path, mapping)).signIns).toEqual([{ account: 'ada', application: 'Door', at: '2026-10-01T06:00:00.000Z', isSuccess: true }])
  })

  it('reports a file that ends in half an object, in lines and in a list', async () => {
    const lines = folder.write(`${JSON.stringify(graph(1, 0))}\n${JSON.stringify(graph(2, 0)).slice(0, 60)}`, 'half.jsonl')
    const list = folder.write(JSON.stringify([graph(1, 0), graph(2, 0)]).slice(0, -40), 'half.json')
    const mapping = mappingOf({ account: 'userPrincipalName', at: 'createdDateTime' })
    for (const path of [lines, list]) {
      const { signIns, end } = await readAll(csvSignIns, path, mapping)
      expect(signIns.length).toBe(1)
      expect(end).toMatchObject({ isCutOff: true, cutOffReason: expect.stringMatching(/cut off, and rows may be missing\.$/) as string })
    }
  })

  it('blanks protected attributes in the kept copy', async () => {
    const path = folder.write(`${JSON.stringify({ ...graph(1, 0), user: { gender: 'f', team: 'Blue' } })}\n`, 'protected.jsonl')
    const mapping = mappingOf({ account: 'userPrincipalName', at: 'createdDateTime' })
    const kept = await keepRawFile({ path, folder: join(folder.path, 'kept'), mapping })
    const copy = gunzipSync(readFileSync(join(folder.path, 'kept', kept.storedAs))).toString()
    expect(kept.blankedColumns).toEqual(['user.gender'])
    expect(copy).toContain('Blue')
    expect(copy).not.toMatch(/(^|,)f(,|$)/m)
  })

  it('reads a list larger than the heap through it', async () => {
    const path = join(folder.path, 'large.json')
    const file = openSync(path, 'w')
    writeSync(file, '[\n')
    for (let block = 0; block < 20; block += 1) {
      const rows = Array.from({ length: 5_000 }, (_, index) => JSON.stringify({ ...graph(1, 0), filler: 'x'.repeat(150), n: block * 5_000 + index }))
      writeSync(file, `${block === 0 ? '' : ',\n'}${rows.join(',\n')}`)
    }
    writeSync(file, '\n]\n')
    closeSync(file)
    const probe = fileURLToPath(new URL('./json-memory-probe.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=48', probe, path])
    expect(stdout.trim()).toBe('100000')
  })

  const data = process.env['MUSTER_DATA'] ?? ''
  it.skipIf(!existsSync(join(data, 'events')))('takes published Okta and Entra events as they are', async () => {
    for (const [name, expected] of [['okta-system-log.json', 1], ['entra-sign-in-and-audit.json', 9]] as const) {
      const path = join(data, 'events', name)
      const { guess } = await csvSignIns.preview(path, null, 100)
      const { rowsRead, signIns, rejects } = await readAll(csvSignIns, path, guess)
      expect(rowsRead).toBe((JSON.parse(readFileSync(path, 'utf8')) as unknown[]).length)
      expect(signIns.length).toBeGreaterThanOrEqual(expected)
      expect(signIns.length + rejects.length).toBe(rowsRead)
    }
  })
})
