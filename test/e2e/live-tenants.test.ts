import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createRouterClient } from '@orpc/server'
import { createOkta } from '../../src/main/connectors/okta/okta.ts'
import { entraStage, type EntraStage } from '../connectors/entra/entra-stage.ts'
import { openCompany, type Company } from '../connectors/okta/company.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, hearPage, openBrowser, openPage } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { GROUPS, NOW, user } from '../support/fake-graph/contoso.ts'
import { CLIENT_ID, SECRET, TENANT_ID } from '../support/fake-graph/server.ts'
import { gate, tenants } from '../support/live-tenants.ts'
import { openOffice, type RealOffice } from '../support/real-office.ts'
import type { Client } from '../support/workspace-builder.ts'

// The tenants keep their calendar; the engine has to live in the same one.
vi.mock('../../src/main/own-clock.ts', () => ({
  clockOf: () => ({ now: () => new Date(Date.parse('2026-11-22T09:00:00.000Z') + performance.now()).toISOString(), mono: () => Math.floor(performance.now()), boot: 'test' }),
}))
vi.mock('../../src/main/connectors/entra/entra.ts', async (original) => ({ ...(await original<object>()), entra: (await import('../support/live-tenants.ts')).standIn('entra') }))
vi.mock('../../src/main/connectors/okta/okta.ts', async (original) => ({ ...(await original<object>()), okta: (await import('../support/live-tenants.ts')).standIn('okta') }))

describe.skipIf(!hasBrowser())('an officer connects real connectors to tenants that behave like real ones', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let office: RealOffice
  let officer: Client
  let page: Page
  let entra: EntraStage
  let okta: Company
  const way = gate()
  /** Closes the way to Okta before its request of this number, counted from now on. */
  let closesAt = 0

  const go = (hash: string): Promise<void> => goTo(page, hash)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const run = async (number: number): Promise<string> => {
    await go(`#/sources/run/${number}`)
    await page.getByRole('heading', { name: `Run ${number} of` }).waitFor()
    await page.getByRole('heading', { name: /^Rows with remarks/ }).waitFor()
    return page.locator('#content').innerText()
  }
  const readNow = async (source: string, outcome: RegExp): Promise<void> => {
    await go('#/sources')
    const lastRun = async (): Promise<number> => (await officer.sources.list()).find(({ name }) => name === source)?.lastRun?.id ?? 0
    const before = await lastRun()
    await button(`Read now: ${source}`).click()
    // What the reading before said may still stand there.
    await expect.poll(lastRun, { timeout: 15_000 }).toBeGreaterThan(before)
    await button(`Read now: ${source}`).waitFor()
    await page.getByText(outcome).first().waitFor()
  }

  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
    okta = await openCompany({ startAt: NOW })
    okta.fake.settings.mostPerPage = 2
    entra = await entraStage()
    tenants.entra = entra.connector
    tenants.okta = createOkta({
      requester: async (ask) => {
        closesAt -= 1
        if (closesAt === 0) way.close()
        await way.pass(ask.signal)
        return okta.fake.requester(ask)
      },
      localNow: okta.fake.now,
      wait: (ms, signal) => { signal.throwIfAborted(); okta.fake.advance(ms); return Promise.resolve() },
    })
    office = await openOffice(screens.folder)
    officer = createRouterClient(office.app.router, { context: { actor: await office.app.officer() } })
    ;({ page } = await openPage(browser, office.urlOf('officer')))
    page.setDefaultTimeout(15_000)
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await office.close()
    await okta.close()
    await entra.graph.close()
    await screens.remove()
  })

  it('Entra: a wrong secret and a missing permission are named before anything is read, and the run says what it lacks', async () => {
    entra.graph.withhold('AuditLog.Read.All')
    await go('#/sources/add')
    await page.getByRole('button', { name: /^Microsoft Entra/ }).click()
    await button('Continue').click()
    await page.getByLabel('Tenant').fill(TENANT_ID)
    await page.getByLabel('Application (client) id').fill(CLIENT_ID)
    await page.getByLabel('Sign in').selectOption('secret')
    await page.getByLabel('Passphrase for the secrets').fill('open the secrets')
    await button('Choose this passphrase').click()
    await button('Choose this passphrase').waitFor({ state: 'detached' })
    await page.getByLabel('Client secret').fill('not the secret')
    await button('Continue').click()
    await page.getByText('The client secret is not the right one.').waitFor()
    expect(await button('Read it now').isDisabled()).toBe(true)
    await button('Back').click()
    await page.getByLabel('Client secret').fill(SECRET)
    await button('Continue').click()
    await page.getByText('1 permission is missing').waitFor()
    await button('Read it now').click()
    await page.getByText(/^Done: \d+ rows taken/).waitFor()
    const said = await run(1)
    expect(await findings(page)).toEqual([])
    expect(said).toContain('Last successful sign-in of each account')
    expect(said).toContain('The app may not read /auditLogs/signIns (403 Authorization_RequestDenied)')
    expect(said).toContain('The source’s own count and ours agree.')
    expect(await page.locator('.query').first().locator('span').count()).toBeGreaterThan(1)
  })

  it('Entra: what changed since, the waiting it asked for, and a forgotten mark are on the runs after it', async () => {
    entra.graph.tenant.leave(GROUPS.finance, user(5))
    entra.graph.tenant.remove('users', user(8))
    entra.graph.faults.plan('/users/delta', { kind: 'status', status: 429, retryAfter: '7' }, 2)
    await readNow('Microsoft Entra', /^Done: /)
    const changes = await run(2)
    expect(changes).toContain('changes since the last run')
    expect(changes).toMatch(/Made to wait\s+14 s/)
    entra.graph.tokens.expireAll()
    entra.graph.forgetChanges()
    await readNow('Microsoft Entra', /^Done: /)
    expect(await run(3)).toContain('Everything was listed anew.')
  })

  it('Okta: a reading goes on when its tab is closed, another one follows and stops it, and the next goes on from there', async () => {
    await go('#/sources/add')
    await page.getByRole('button', { name: /^Okta/ }).click()
    await button('Continue').click()
    await page.getByLabel('Organisation’s address').fill(okta.fake.orgUrl)
    await page.getByLabel('Sign in').selectOption('token')
    await page.getByLabel('API token').fill(okta.fake.token)
    okta.fake.withheld.add('okta.users.read')
    await button('Continue').click()
    await page.getByText('A permission that is needed is missing').waitFor()
    expect(await button('Read it now').isDisabled()).toBe(true)
    okta.fake.withheld.clear()
    await button('Test again').click()
    await page.getByText('Everything asked for is granted.').waitFor()
    closesAt = 8
    await button('Read it now').click()
    await page.getByText(/^Reading Group members: /).waitFor()
    await page.close()

    ;({ page } = await openPage(browser, office.urlOf('officer')))
    const told = await hearPage(page)
    await go('#/sources')
    await page.getByText(/^Reading Group members: /).waitFor()
    await page.getByText('Nothing of it has been taken over yet').waitFor()
    expect(await findings(page)).toEqual([])
    await button('Stop reading Okta').click()
    await button('Read now: Okta').waitFor()
    await page.getByText('Cancelled. Nothing was imported; what was read is kept').waitFor()
    expect(await run(4)).toContain('Nothing of this run was taken over.')
    way.open()
    await readNow('Okta', /^Done: /)
    expect(await run(5)).toContain('Goes on where run 4 ended.')
    await expect.poll(told).toContainEqual({ kind: 'work-ended', title: 'Reading ended', text: 'Okta was read.' })
  })

  it('Okta: a reading that shrank still waits for the officer after another one failed, and neither makes the source look fresher', async () => {
    await go('#/sources')
    const taken = await page.locator('.source-tile', { hasText: 'Okta' }).getByText(/rows taken, /).innerText()
    const { organisation } = okta.fake
    for (const id of [okta.ids.ada, okta.ids.ben, okta.ids.robot, okta.ids.freelancer]) organisation.removeMember(okta.ids.everyone, id)
    organisation.removeMember(okta.ids.sales, okta.ids.ada)
    organisation.removeMember(okta.ids.sales, okta.ids.ben)
    await readNow('Okta', /^Read, but held/)
    okta.fake.settings.acceptsToken = false
    await readNow('Okta', /^Okta does not accept the token or key/)
    await page.locator('.source-tile', { hasText: 'Okta' }).getByText('Failed', { exact: true }).waitFor()
    expect(await page.locator('.source-tile', { hasText: 'Okta' }).innerText()).toContain(taken)
    await go('#/today')
    await page.getByText('A reading is held and waits for your word', { exact: true }).waitFor()
    expect(await page.locator('.source-card', { hasText: 'Okta' }).innerText()).toContain(taken)
    expect(await page.locator('.source-card').evaluateAll((cards) => cards.every((card) => card.scrollWidth <= card.clientWidth))).toBe(true)
    await go('#/sources/of/Okta')
    await page.getByText('Held back: it waits for your word').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByLabel('Why it is right, or wrong').fill('The filter was wrong.')
    await button('Throw it away').click()
    await page.getByText('Held back: it waits for your word').waitFor({ state: 'detached' })
  })

  it('a removed source takes its access along, and its people stay readable', async () => {
    await go('#/sources/of/Okta')
    await button('Remove this source').click()
    await button('Remove it').click()
    await page.getByRole('heading', { name: 'Sources' }).waitFor()
    await go('#/people')
    await page.getByRole('searchbox').fill('ben@example.com')
    await page.getByRole('link', { name: /^Ben Okri/ }).click()
    await page.getByText('Holds nothing').waitFor()
    await page.getByText('No current account').waitFor()
  })
})
