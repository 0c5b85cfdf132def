import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildWorkspace, launch, mia, olga, passphrase, specOf } from '../../support/workspace-builder.ts'
import { realDoors, runCommand, type Ran } from '../run-command.ts'

test('from request to merged answer on the command line: enrolled by file, opened with the own key, no passphrase ever told', async () => {
  const place = await mkdtemp(join(tmpdir(), 'muster-cli-packet-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
  const built = await buildWorkspace(join(place, 'acme'))
  await launch(built.officer, specOf('By packet', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
  await built.close()
  const run = async (argv: readonly string[], secret: string, exit = 0): Promise<Ran> => {
    const ran = await runCommand([...argv, '--json'], realDoors, { cwd: place, env: { MUSTER_PASSPHRASE: secret } })
    expect(ran.err.includes(secret) || ran.out.includes(secret)).toBe(false)
    expect([ran.exit, ran.err]).toEqual([exit, exit === 0 ? '' : expect.anything()])
    return ran
  }
  const own = 'the manager\'s own'
  const request = (await run(['packet', 'enrol-request', '--email', mia, '--name', 'Mia Manager', '--keys', 'mykey', '--out', 'mia.request'], own)).json() as { spoken: string }
  expect(request.spoken).toMatch(/^(\d{5} ){7}\d{5}$/)
  expect(await readFile(join(place, 'mia.request'), 'utf8')).not.toMatch(/PRIVATE|AGE-SECRET/)
  await run(['packet', 'enrol-accept', 'mia.request', '--spoken', '1'.repeat(40), '-w', 'acme'], passphrase, 2)
  await run(['packet', 'enrol-accept', 'mia.request', '--spoken', request.spoken, '-w', 'acme'], passphrase)
  const written = (await run(['packet', 'write', '--to', mia, '--out', 'out', '--expires', '2099-12-31', '-w', 'acme'], passphrase)).json() as { written: { path: string; way: string; items: number }[] }
  const [packet] = written.written
  expect(packet?.way).toBe('recipient')
  const opened = (await run(['packet', 'open', packet?.path ?? '', '--into', 'review', '--keys', 'mykey', '--email', mia], own)).json() as { keySpoken: string | null }
  expect(opened.keySpoken).toBeNull()
  // Encrypted under the passphrase the reviewer signs with: one to remember. Their keys stay theirs, the workspace's own key is not among them.
  expect((await readFile(join(place, 'review', 'muster.db'))).toString('latin1', 0, 6)).not.toBe('SQLite')
  expect(existsSync(join(place, 'mykey', 'keys', 'workspace-key.json'))).toBe(false)
  expect((await run(['queue', '-w', 'review'], 'somebody else’s', 2)).err).toContain('does not open this workspace')
  await run(['packet', 'respond', '--out', 'answer', '-w', 'review'], own, 2)
  const queue = (await run(['queue', '-w', 'review'], own)).json() as { items: { itemId: number }[] }
  for (const { itemId } of queue.items) await run(['decide', String(itemId), 'keep', '--reason', 'still-needed', '-w', 'review'], own)
  await run(['sign-off', '-w', 'review'], own)
  await run(['packet', 'respond', '--out', 'answer', '-w', 'review'], own)
  const merged = (await run(['packet', 'import', 'answer', '-w', 'acme'], passphrase)).json() as { merged: number; conflicts: unknown[] }
  expect([merged.merged, merged.conflicts]).toEqual([packet?.items, []])
  const list = await runCommand(['packet', 'list', '-w', 'acme', '--as', olga], realDoors, { cwd: place })
  expect(list.out).toContain(mia)
}, 120_000)
