import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mailUser, startMailServer } from '../../support/mail-server.ts'
import type { Ran } from '../run-command.ts'
import { launchedCompany, manager, officer, smallCompany } from '../small-company.ts'

test('typed from the server to the letters: set up, tried, sent to who owes an answer, refused ones shown, taken up by the daily work, off again', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-cli-mail-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const server = await startMailServer({ security: 'starttls', asksForUser: true })
  onTestFinished(() => server.close())
  const company = await launchedCompany(folder)
  const secrets = { MUSTER_SECRETS_PASSPHRASE: 'secrets of the company' }
  const muster = (line: string): Promise<Ran> => company.muster(line.split(' '), secrets)
  const does = async (line: string): Promise<string> => {
    const ran = await muster(line)
    if (ran.exit !== 0) throw new Error(`${line} ended with ${ran.exit}: ${ran.out}${ran.err}`)
    return ran.out
  }
  await writeFile(join(folder, 'ca.pem'), server.ca)
  await writeFile(join(folder, 'password.txt'), `${mailUser.password}\n`)

  expect(await does('mail show')).toContain('Mail is off')
  expect((await muster('mail set --host 127.0.0.1')).err).toContain('--sender')
  expect((await muster('campaign remind 1 --mail')).err).toContain('Mail is not set up')
  expect((await muster('mail set --host smtp.acme.example --no-sign-in --sender muster@acme.example')).err).toContain('smtp.acme.example is beyond this machine')

  const whole = `--host 127.0.0.1 --port ${server.port} --security starttls --user ${mailUser.name} --password-file password.txt --sender muster@acme.example --per-minute 6000`
  await does(`mail set ${whole}`)
  const distrusted = await muster('mail test')
  expect([distrusted.exit, distrusted.out]).toEqual([1, expect.stringContaining('certificate is not trusted')])
  const shown = await does('mail set --no-password --ca ca.pem')
  expect(shown).toContain('Muster test authority')
  expect(shown).not.toContain(mailUser.password)
  expect(await does('mail test')).toContain(`Sent to ${officer.email}: 250 2.0.0 Ok`)

  server.mood.refuses.set(manager.email, { code: 550, text: '5.1.1 No \u001b[31msuch mailbox' })
  const sent = await muster('campaign remind 1 --mail')
  expect(sent.exit).toBe(1)
  expect(sent.out).toMatch(/1 letter sent, 1 refused, 0 of unknown fate, 0 waiting\./)
  expect(sent.out).toMatch(/mira@small\.example +reminder +refused +1 .*The server does not take mail for this address\. 550 5\.1\.1 No \[31msuch mailbox/)
  expect(server.received.map(({ to }) => to[0])).toEqual([officer.email, officer.email])
  server.mood.refuses.clear()
  expect(await does('tick')).toContain('1 letter sent by mail.')
  const letters = JSON.parse(await does('mail letters 1 --json')) as { person: string; state: string; attempts: number }[]
  expect(letters.map(({ person, state, attempts }) => [person, state, attempts]).sort()).toEqual([[manager.email, 'sent', 2], [officer.email, 'sent', 1]])
  expect(await does('campaign figures 1')).toMatch(/mira@small\.example/)
  await does('mail off')
  expect((await muster('campaign remind 1 --mail')).err).toContain('Mail is not set up')
})

test('a campaign begins with the organisation’s ladder, unless another one or none is typed', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-cli-ladder-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { muster } = await smallCompany(folder)
  await muster(['init', 'workspace', '--officer', officer.email, '--name', 'Small Company'])
  const ladderOf = async (argv: readonly string[]): Promise<unknown> => {
    const ran = await muster(['campaign', 'create', '--name', 'One', '--due', '2026-12-20', '--json', ...argv])
    if (ran.exit !== 0) throw new Error(ran.err)
    return (JSON.parse(ran.out) as { spec: { escalation: unknown } }).spec.escalation
  }
  await muster(['calendar', 'ladder', '--', '-5=remind', '2=add-manager'])
  const own = [{ day: -5, action: 'remind' }, { day: 2, action: 'add-manager' }]
  await writeFile(join(folder, 'with.json'), JSON.stringify({ escalation: [{ day: 1, action: 'remind' }] }))
  await writeFile(join(folder, 'without.json'), JSON.stringify({ strategy: 'majority' }))
  expect(await ladderOf([])).toEqual(own)
  expect(await ladderOf(['--spec', 'without.json'])).toEqual(own)
  expect(await ladderOf(['--spec', 'with.json'])).toEqual([{ day: 1, action: 'remind' }])
  expect(await ladderOf(['--spec', 'with.json', '--ladder', '-2=remind', '--ladder', '3=replace-by-fallback'])).toEqual([{ day: -2, action: 'remind' }, { day: 3, action: 'replace-by-fallback' }])
  expect(await ladderOf(['--no-ladder'])).toEqual([])
  expect((await muster(['campaign', 'create', '--name', 'One', '--due', '2026-12-20', '--ladder', 'soon'])).err).toContain('"soon" is no step')
  // A draft keeps its own where nothing is typed.
  const changed = await muster(['campaign', 'change', '1', '--name', 'Two', '--json'])
  expect((JSON.parse(changed.out) as { spec: { name: string; escalation: unknown } }).spec).toMatchObject({ name: 'Two', escalation: own })
})
