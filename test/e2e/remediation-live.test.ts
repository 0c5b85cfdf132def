import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createRouterClient } from '@orpc/server'
import { campaignSpec } from '../../src/shared/model/campaign.ts'
import { remediationSettings } from '../../src/shared/model/remediation.ts'
import { entraStage, type EntraStage } from '../connectors/entra/entra-stage.ts'
import { findings } from '../support/axe.ts'
import { hasBrowser, openBrowser, openPage } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { GROUPS, user } from '../support/fake-graph/contoso.ts'
import { SECRET } from '../support/fake-graph/server.ts'
import { tenants } from '../support/live-tenants.ts'
import { openOffice, type RealOffice } from '../support/real-office.ts'
import { finish, type Client } from '../support/workspace-builder.ts'

// The tenant keeps its calendar; the engine has to live in the same one.
vi.mock('../../src/main/own-clock.ts', () => ({
  clockOf: () => ({ now: () => new Date(Date.parse('2026-11-22T09:00:00.000Z') + performance.now()).toISOString(), mono: () => Math.floor(performance.now()), boot: 'test' }),
}))
vi.mock('../../src/main/connectors/entra/entra.ts', async (original) => ({ ...(await original<object>()), entra: (await import('../support/live-tenants.ts')).standIn('entra') }))

const passphrase = 'long enough for a test'
const finance = `group:${GROUPS.finance}`

describe.skipIf(!hasBrowser())('a revoke carried out in a tenant, in a real browser', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let office: RealOffice
  let entra: EntraStage
  let officer: Client

  const sync = async (): Promise<void> => {
    const run = await finish(await officer.sources.sync({ source: 'Directory', asOf: '2026-11-22' }))
    if (run.state !== 'complete') throw new Error(run.notes.join(' '))
  }

  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
    entra = await entraStage()
    tenants.entra = entra.connector
    office = await openOffice(screens.folder)
    officer = createRouterClient(office.app.router, { context: { actor: await office.app.officer() } })
    await officer.sources.openSecrets({ passphrase: 'open the secrets' })
    await officer.sources.addLive({ name: 'Directory', config: { ...entra.config, holdBelowShare: 0 }, secrets: { 'client-secret': SECRET } })
    await sync()
    const { email } = await office.app.officer()
    const spec = campaignSpec.parse({
      name: 'Autumn', scope: { entitlements: [finance] }, reviewers: { order: ['named'], named: email, fallback: email }, control: {},
      rules: { dueOn: '2026-12-31', reasonRequired: [], controlSharePercent: 0 },
    })
    const { id: campaign } = await officer.campaigns.create({ spec, asOf: '2026-11-22' })
    await finish(await officer.campaigns.launch({ campaign }))
    for (const { itemId, subjectName } of (await officer.review.queue({ campaign })).items) {
      const isBen = subjectName.includes('Ben')
      await officer.review.decide({ itemId, outcome: isBen ? 'revoke' : 'keep', reasonCode: isBen ? 'not-needed' : 'still-needed' })
    }
    await officer.review.signOff({ campaign, passphrase })
    await officer.campaigns.close({ campaign })
    await officer.remediation.setActMode({ settings: remediationSettings.parse({ mode: 'approve', separatesDuties: false }), passphrase })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await office?.close()
    await entra?.graph.close()
    await screens?.remove()
  })

  it('plan, dry run, approval, gone at the next reading; then the wrong revoke given back, and held again at the reading after that', async () => {
    const { tenant, requests } = entra.graph
    const { page, complaints } = await openPage(browser, office.urlOf('officer'))
    page.setDefaultTimeout(20_000)
    const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).last().click()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.getByRole('link', { name: /^Carry out.*One revoke waits/ }).click()
    await press('Plan them')
    await page.getByRole('row').filter({ has: page.getByRole('checkbox') }).getByRole('link').first().click()
    await page.getByText('Muster can remove this through the source’s connection.').waitFor()
    expect(await findings(page)).toEqual([])

    await press('Remove…')
    await page.getByText('One can be removed now.').waitFor()
    await page.getByText(`DELETE /v1.0/groups/${GROUPS.finance}/members/${user(1)}/$ref`).waitFor()
    expect([requests.some((line) => line.startsWith('DELETE')), await findings(page)]).toEqual([false, []])
    await page.getByLabel('Your passphrase').fill('not this one')
    await press('Remove it')
    await page.getByText(/does not open the key/).waitFor()
    expect(tenant.isMember(GROUPS.finance, user(1))).toBe(true)
    await page.getByLabel('Your passphrase').fill(passphrase)
    await press('Remove it')
    await page.getByText('The next reading of the source proves what is gone.').waitFor()
    expect(tenant.isMember(GROUPS.finance, user(1))).toBe(false)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('Carried out').first().waitFor()

    await sync()
    await page.reload()
    await page.getByText(/^Snapshot \d+, as of/).first().waitFor()
    expect((await officer.remediation.counts()).byState['verified-gone']).toBe(1)

    await press('Give back…')
    await page.getByLabel('Why').fill('He needs it for the year-end closing')
    await page.getByRole('dialog').getByRole('button', { name: 'Give back', exact: true }).click()
    await press('Give back through the connection…')
    await page.getByText('One can be given back now.').waitFor()
    expect([tenant.isMember(GROUPS.finance, user(1)), await findings(page)]).toEqual([false, []])
    await page.getByLabel('Your passphrase').fill(passphrase)
    await press('Give it back')
    await page.getByText('The next reading of the source that shows it closes this.').waitFor()
    expect(tenant.isMember(GROUPS.finance, user(1))).toBe(true)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('Reported as given back').first().waitFor()

    await sync()
    await page.reload()
    await page.getByRole('heading', { name: 'History' }).waitFor()
    expect((await officer.remediation.counts()).byState).toMatchObject({ restored: 1, 'came-back': 0 })
    expect(await findings(page)).toEqual([])
    expect(complaints.filter((line) => !line.includes('401') && !line.includes('403'))).toEqual([])
  }, 120_000)
})
