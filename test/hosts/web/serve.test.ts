import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCli } from '../../../src/main/hosts/cli/run-cli.ts'
import type { EngineClient } from '../../../src/main/hosts/engine-types.ts'
import { launchedCompany, manager, officer, type SmallCompany } from '../small-company.ts'
import { realDoors, runCommand } from '../run-command.ts'

let folder: string
let company: SmallCompany

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-serve-'))
  company = await launchedCompany(folder)
  await mkdir(join(folder, 'page'))
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Muster</title>')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Told { readonly origin: string; readonly links: readonly { readonly email: string; readonly url: string }[] }

/** `muster serve` until the test stops it. */
const serving = async (): Promise<{ told: Told; stop: () => Promise<number> }> => {
  const stop = new AbortController()
  let ended: Promise<number> = Promise.resolve(-1)
  const told = await new Promise<Told>((resolve, reject) => {
    const terminal = {
      cwd: folder, env: { MUSTER_WORKSPACE_PASSPHRASE: officer.passphrase }, isOutTty: false, isErrTty: false, askHidden: null, signal: stop.signal,
      out: (text: string) => resolve(JSON.parse(text) as Told),
      err: (text: string) => reject(new Error(text)),
    }
    const argv = ['serve', '--workspace', company.workspace, '--as', manager.email, '--as', officer.email, '--port', '0', '--json']
    ended = runCli(argv, terminal, { ...realDoors, renderer: join(folder, 'page') })
  })
  return {
    told,
    stop: () => {
      stop.abort()
      return ended
    },
  }
}

const clientAs = ({ origin, links }: Told, email: string): EngineClient => {
  const token = new URL(links.find((link) => link.email === email)?.url ?? '').hash.slice('#token='.length)
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { authorization: `Bearer ${token}` } }))
}

it('serves a workspace to two people at once, each with their own rights, until it is stopped; then the workspace is free', async () => {
  const { told, stop } = await serving()
  expect((await fetch(told.origin)).status).toBe(200)
  const [forManager, forOfficer] = [clientAs(told, manager.email), clientAs(told, officer.email)]
  expect((await forManager.workspace.session()).person.email).toBe(manager.email)
  expect((await forManager.review.queue({ campaign: 1 })).items).toHaveLength(6)
  await expect(forManager.campaigns.close({ campaign: 1 })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  expect((await forOfficer.campaigns.list()).map((campaign) => campaign.state)).toEqual(['running'])
  const locked = await runCommand(['status', '--workspace', company.workspace], realDoors)
  expect(locked.exit).toBe(2)
  expect(await stop()).toBe(0)
  expect((await company.muster(['status'])).exit).toBe(0)
})

it('runs long work beside the questions of the screen, and streams its progress', async () => {
  const { told, stop } = await serving()
  const client = clientAs(told, officer.email)
  const steps: string[] = []
  for await (const batch of await client.campaigns.recommend({ campaign: null, asOf: '2026-11-20' })) {
    steps.push(`${batch.done} of ${batch.total}`)
    expect((await client.workspace.session()).person.email).toBe(officer.email)
  }
  expect(steps.at(-1)).toBe('7 of 7')
  expect(await stop()).toBe(0)
})

it('says so when the screens are not built', async () => {
  const ran = await runCommand(['serve', '--workspace', company.workspace], { ...realDoors, renderer: join(folder, 'nowhere') })
  expect(ran.exit).toBe(2)
  expect(ran.err).toContain('npm run build')
})
