import type { Browser, Page } from 'playwright-core'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createOkta } from '../../src/main/connectors/okta/okta.ts'
import { connectorTo, openCompany as openPeople, TOKEN as SCIM_TOKEN } from '../connectors/scim/company.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser, openPage, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { tenants } from '../support/live-tenants.ts'
import { openOffice, type RealOffice } from '../support/real-office.ts'

vi.mock('../../src/main/connectors/okta/okta.ts', async (original) => ({ ...(await original<object>()), okta: (await import('../support/live-tenants.ts')).standIn('okta') }))
vi.mock('../../src/main/connectors/scim/scim.ts', async (original) => ({ ...(await original<object>()), scim: (await import('../support/live-tenants.ts')).standIn('scim') }))

const ORG = 'https://company.okta.test'
const OKTA_TOKEN = 'emulated-token'

describe.skipIf(!hasBrowser())('the guided add of sources nobody here wrote the other side of, or that have people only', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let office: RealOffice
  let page: Page
  let emulator: Emulator
  let hr: Awaited<ReturnType<typeof openPeople>>
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
    emulator = await createEmulator({
      service: 'okta', port: 0,
      seed: {
        tokens: { [OKTA_TOKEN]: { login: 'ada@example.com', scopes: [] } },
        okta: {
          users: [{ login: 'ada@example.com', email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' }, { login: 'ben@example.com', email: 'ben@example.com', first_name: 'Ben', last_name: 'Okri' }],
          groups: [{ name: 'Everyone', type: 'BUILT_IN', okta_id: '00g_everyone' }, { name: 'Sales', type: 'OKTA_GROUP', okta_id: '00g_sales' }],
        },
      },
    })
    tenants.okta = createOkta({
      requester: async ({ url, method, headers, body, signal }) => {
        const { pathname, search } = new URL(url)
        // It has no rules: an organisation without any answers with an empty list. Of roles and the log it knows nothing, as if they were not granted.
        if (/^\/api\/v1\/(iam|logs)\b|\/roles$/.test(pathname)) return new Response('{"errorCode":"E0000006"}', { status: 403 })
        return pathname === '/api/v1/groups/rules' ? new Response('[]') : fetch(emulator.url + pathname + search, { method, headers, body, signal })
      },
    })
    hr = await openPeople()
    tenants.scim = connectorTo(hr)
    office = await openOffice(screens.folder)
    ;({ page } = await openPage(browser, office.urlOf('officer')))
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await office.close()
    await emulator.close()
    await hr.close()
    await screens.remove()
  })

  it('somebody else’s Okta: what removing takes stands beside what reading takes, the test tells both, and what it lacks is a gap', async () => {
    await goTo(page, '#/sources/add')
    await page.getByRole('button', { name: /^Okta/ }).click()
    await page.getByRole('heading', { name: 'To remove access from here (optional)' }).waitFor()
    await page.getByRole('list', { name: 'To remove access from here (optional)' }).getByText('okta.groups.manage').waitFor()
    expect(await findings(page)).toEqual([])
    await takePicture(page, 'add-okta-permissions')
    await button('Continue').click()
    await page.getByLabel('Organisation’s address').fill(ORG)
    await page.getByLabel('Sign in').selectOption('token')
    await page.getByLabel('Passphrase for the secrets').fill('open the secrets')
    await button('Choose this passphrase').click()
    await button('Choose this passphrase').waitFor({ state: 'detached' })
    await page.getByLabel('API token').fill(OKTA_TOKEN)
    await takePicture(page, 'add-okta-settings')
    await button('Continue').click()
    await page.getByText(/^2 permissions are missing/).waitFor()
    await page.getByText(/^Whether group memberships, application assignments, administrator roles can be removed from here/).waitFor()
    expect(await findings(page)).toEqual([])
    await takePicture(page, 'add-okta-test')
    await button('Read it now').click()
    await page.getByText(/^Done: \d+ rows taken/).waitFor()
    await takePicture(page, 'okta-read')
    // Found again where the source stands, without asking again.
    await page.reload()
    await page.getByText(/^Asked /).waitFor()
  })

  it('people over SCIM: no removal is offered, and they are read', async () => {
    await goTo(page, '#/sources')
    await goTo(page, '#/sources/add')
    await page.getByRole('button', { name: /^People \(SCIM\)/ }).click()
    await page.getByText('A token or user that may read users, nothing else.').waitFor()
    expect(await page.getByText('To remove access from here (optional)').count()).toBe(0)
    await button('Continue').click()
    await page.getByLabel('SCIM address').fill(hr.baseUrl)
    await page.getByLabel('Sign in').selectOption('bearer')
    await page.getByLabel('API token').fill(SCIM_TOKEN)
    await button('Continue').click()
    await page.getByText('Everything asked for is granted.').waitFor()
    await takePicture(page, 'add-scim-test')
    await button('Read it now').click()
    await page.getByText(/^Done: 5 rows taken/).waitFor()
    expect(await findings(page)).toEqual([])
  })
})
