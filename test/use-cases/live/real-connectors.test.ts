import { expect, test } from 'vitest'
import { runCollections } from '../../../src/main/storage/run-collections.ts'
import type { LiveConnector } from '../../../src/main/connectors/live-connector.ts'
import type { LiveConfig, SecretName } from '../../../src/shared/model/live-source.ts'
import { entraStage } from '../../connectors/entra/entra-stage.ts'
import { connectorTo, openCompany, tokenConfig } from '../../connectors/okta/company.ts'
import { GROUPS, user } from '../../support/fake-graph/contoso.ts'
import { SECRET } from '../../support/fake-graph/server.ts'
import { openLiveBench, type LiveBench } from '../../support/live-bench.ts'
import { watching } from '../../support/sync-bench.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

interface Stage {
  readonly connector: () => LiveConnector
  readonly config: LiveConfig
  readonly secrets: Partial<Record<SecretName, string>>
  readonly now: () => string
  readonly change: () => void
  readonly close: () => Promise<void>
}

const stages: readonly (readonly [string, () => Promise<Stage>])[] = [
  ['Microsoft Entra', async () => {
    const stage = await entraStage()
    return {
      connector: () => stage.connector, config: { ...stage.config, holdBelowShare: 0 }, secrets: { 'client-secret': SECRET }, now: () => stage.now,
      change: () => {
        stage.now = '2026-11-23T09:00:00.000Z'
        stage.graph.tenant.remove('users', user(8))
        stage.graph.tenant.leave(GROUPS.finance, user(5))
        stage.graph.tenant.remove('groups', GROUPS.team, 'changed')
      },
      close: () => stage.graph.close(),
    }
  }],
  ['Okta', async () => {
    const { fake, ids, close } = await openCompany()
    fake.settings.mostPerPage = 2
    let now = '2026-11-20T08:00:00.000Z'
    return {
      connector: () => connectorTo(fake), config: tokenConfig(fake.orgUrl, { holdBelowShare: 0 }), secrets: { 'api-token': fake.token }, now: () => now,
      change: () => {
        fake.advance(20 * 60_000)
        now = '2026-11-20T08:20:00.000Z'
        fake.organisation.deleteUser(ids.out)
        fake.organisation.removeMember(ids.sales, ids.ben)
        fake.organisation.unassignUser(ids.crm, ids.eve)
      },
      close,
    }
  }],
]

const stateOf = ({ context: { store } }: LiveBench): unknown[] => [
  store.sqlite.prepare('SELECT native_id, login, display_name, kind, is_enabled FROM account WHERE to_snapshot IS NULL ORDER BY native_id').raw(true).all(),
  store.sqlite.prepare('SELECT native_id, name, privilege, traits FROM entitlement WHERE to_snapshot IS NULL ORDER BY native_id').raw(true).all(),
]

test.each(stages)('%s, cut off after every few pages and asked what changed, ends in the inventory as one full reading does', async (_, open) => {
  const stage = await open()
  const { config: live, secrets, now } = stage
  const bench = await openLiveBench(await temporaryFolder(), stage.connector(), { live, secrets, now })
  const stubborn = async (): Promise<number> => {
    for (let cut = 0; cut < 60; cut++) {
      const controller = new AbortController()
      let pages = 0
      bench.connector = {
        ...stage.connector(),
        read: async function* (input) {
          const reading = stage.connector().read(input)
          for (;;) {
            const next = await reading.next()
            if (next.done === true) return next.value
            yield next.value
            if (++pages === 4) controller.abort()
          }
        },
      }
      if ((await bench.attempt(watching(controller.signal))) !== null) return cut
    }
    throw new Error('the reading never came to its end')
  }
  expect(await stubborn()).toBeGreaterThan(1)
  stage.change()
  await stubborn()
  const run = await bench.sync()
  expect(run.state).toBe('complete')
  for (const one of await runCollections(bench.context.store.db, run.id)) expect(one, one.name).toMatchObject({ isComplete: true })
  const whole = await openLiveBench(await temporaryFolder(), stage.connector(), { live, secrets, now })
  await whole.sync()
  expect(await bench.lines()).toEqual(await whole.lines())
  expect(stateOf(bench)).toEqual(stateOf(whole))
  expect((await whole.lines()).length).toBeGreaterThan(5)
  await Promise.all([bench.close(), whole.close()])
  await stage.close()
}, 60_000)
