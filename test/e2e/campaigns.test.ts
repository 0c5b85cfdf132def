import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, hearPage, inThemes, openBrowser, openOn } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { startFakeHost } from '../support/fake-host.ts'
import { ada, asOf, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, passphrase, specOf, type TestWorkspace } from '../support/workspace-builder.ts'

let place: string
let copies = 0
let browser: Browser
let screens: Awaited<ReturnType<typeof buildScreens>>
let filled: Served
let empty: Served

interface Served { readonly at: TestWorkspace; readonly url: string; readonly close: () => Promise<void> }

const rules = { reasonRequired: [], controlSharePercent: 0 }

/** A draft (1), a campaign Mia is half through (2), a closed one (3) and a sealed one (4). */
const fill = async ({ officer, as }: TestWorkspace): Promise<void> => {
  await officer.campaigns.create({ spec: specOf('Planned for later', { scope: { risks: ['high', 'critical'] } }), asOf })
  const running = await launch(officer, { ...specOf('Spring review', { rules }), stages: [{ name: 'Owners', reviewers: { ...specOf('x').reviewers, order: ['owner'] }, strategy: 'one-revoke-revokes', takes: ['look-closer', 'undecided'], isInformed: false, days: 5 }] })
  const manager = await as(mia)
  const { items } = await manager.review.queue({ campaign: running })
  for (const [at, { itemId }] of items.slice(0, 3).entries()) await manager.review.decide({ itemId, outcome: at === 0 ? 'revoke' : 'keep', openMs: 9_000 })
  await manager.review.signOff({ campaign: running, passphrase })
  await officer.campaigns.close({ campaign: await launch(officer, specOf('Closed one')) })
  const last = await launch(officer, specOf('Sealed one', { scope: { applications: ['CRM'] } }))
  await officer.campaigns.close({ campaign: last })
  await finish(await officer.evidence.seal({ campaign: last, passphrase }))
}

/** A workspace of its own behind the built screens, with the officer acting. */
const serve = async (prepare: (at: TestWorkspace) => Promise<void> = async () => undefined): Promise<Served> => {
  const at = await openWorkspace(await copyWorkspace(join(place, 'workspace'), join(place, `copy-${copies++}`)), { host: 'web' })
  await prepare(at)
  const host = await startFakeHost(at.app, screens.folder, { actor: await at.app.officer() })
  return { at, url: host.url, close: async () => { await host.close(); await at.close() } }
}

const visit = (served: Served, hash: string, theme: 'light' | 'dark' = 'light') => openOn(browser, served.url, hash, { theme })

const actions = (page: Page) => page.getByRole('group', { name: 'Actions' })
const step = async (page: Page, name: string): Promise<void> => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click()

const scenes: readonly { readonly name: string; readonly hash: string; readonly isEmpty?: boolean; readonly act: (page: Page) => Promise<unknown> }[] = [
  { name: 'no campaign', hash: '#/campaigns', isEmpty: true, act: (page) => page.getByRole('heading', { name: 'No campaign yet' }).waitFor() },
  { name: 'all campaigns', hash: '#/campaigns', act: (page) => page.getByRole('link', { name: 'Sealed one' }).waitFor() },
  { name: 'a new one without a name', hash: '#/campaigns/new', act: async (page) => {
    await page.getByLabel('Name of the campaign').waitFor()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('A campaign needs a name.').waitFor()
  } },
  { name: 'its scope', hash: '#/campaigns/1', act: async (page) => {
    await step(page, 'Scope')
    await page.getByText('grants in review').waitFor()
    await page.getByRole('button', { name: 'Add a set' }).click()
  } },
  { name: 'its reviewers', hash: '#/campaigns/1', act: async (page) => {
    await step(page, 'Reviewers')
    await page.getByRole('checkbox', { name: /A group/ }).check()
    await page.getByRole('button', { name: 'Add a case' }).click()
    await page.getByText('grants in review').waitFor()
  } },
  { name: 'its stages', hash: '#/campaigns/1', act: async (page) => {
    await step(page, 'Stages')
    await page.getByRole('button', { name: 'Add a stage' }).click()
    await page.getByLabel('Name of the stage').waitFor()
  } },
  { name: 'its rules', hash: '#/campaigns/1', act: async (page) => { await step(page, 'Rules'); await page.getByLabel('Due on').waitFor() } },
  { name: 'its preview', hash: '#/campaigns/1', act: async (page) => {
    await step(page, 'Preview')
    await page.getByRole('button', { name: /Launch with/ }).waitFor()
  } },
  { name: 'grants left out', hash: '#/campaigns/1', act: async (page) => {
    await step(page, 'Preview')
    await page.getByRole('button', { name: /See the grants: Excluded: risk/ }).click()
    await page.getByRole('dialog').getByRole('cell', { name: 'Read customers' }).first().waitFor()
  } },
  { name: 'a draft being discarded', hash: '#/campaigns/1', act: async (page) => {
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await page.getByRole('dialog').waitFor()
  } },
  { name: 'a running one', hash: '#/campaigns/2', act: async (page) => {
    await page.getByText('Left to do').waitFor()
    await page.getByText('Show as a table').click()
  } },
  { name: 'chasing', hash: '#/campaigns/2', act: async (page) => {
    await actions(page).getByRole('button', { name: 'Chase' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /Write/ }).waitFor()
  } },
  { name: 'handing on, nothing filled in', hash: '#/campaigns/2', act: async (page) => {
    await page.getByRole('button', { name: /Hand on what mia/ }).click()
    await page.getByText('Chosen items').click()
    await page.getByRole('checkbox', { name: /: / }).first().waitFor()
    await page.getByRole('dialog').getByRole('button', { name: /^Hand on/ }).click()
    await page.getByText('Say who takes them.').waitFor()
  } },
  { name: 'extending', hash: '#/campaigns/2', act: async (page) => {
    await actions(page).getByRole('button', { name: 'Extend' }).click()
    await page.getByRole('button', { name: 'Move the due day' }).click()
    await page.getByText('Say why').waitFor()
  } },
  { name: 'the next stage', hash: '#/campaigns/2', act: async (page) => {
    await actions(page).getByRole('button', { name: 'Next stage' }).click()
    await page.getByRole('dialog').waitFor()
  } },
  { name: 'closing', hash: '#/campaigns/2', act: async (page) => {
    await actions(page).getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Close the campaign' }).waitFor()
  } },
  { name: 'a closed one', hash: '#/campaigns/3', act: (page) => page.getByText('This campaign is closed').waitFor() },
  { name: 'sealing with the wrong passphrase', hash: '#/campaigns/3', act: async (page) => {
    await page.getByRole('button', { name: 'Seal the evidence' }).click()
    await page.getByLabel('Your passphrase').fill('not it')
    await page.keyboard.press('Enter')
    await page.getByText(/does not open your key/).waitFor()
  } },
  { name: 'a sealed one', hash: '#/campaigns/4', act: (page) => page.getByText('This campaign is sealed').waitFor() },
  { name: 'figures over time', hash: '#/campaigns/over-time', act: (page) => page.getByRole('cell', { name: 'Spring review' }).waitFor() },
  { name: 'no figures yet', hash: '#/campaigns/over-time', isEmpty: true, act: (page) => page.getByRole('heading', { name: 'No campaign was launched yet' }).waitFor() },
  { name: 'what needs the officer', hash: '#/today', act: (page) => page.getByText('Closed one is closed and not sealed').first().waitFor() },
  { name: 'nothing needs the officer', hash: '#/today', isEmpty: true, act: (page) => page.getByText('Nothing needs you right now.').waitFor() },
]

describe.skipIf(!hasBrowser())('campaigns', () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-test-'))
    await (await buildWorkspace(join(place, 'workspace'), { enrolled: [mia] })).close()
    screens = await buildScreens()
    browser = await openBrowser()
    filled = await serve(fill)
    empty = await serve()
  })
  afterAll(async () => {
    await browser.close()
    await filled.close()
    await empty.close()
    await screens.remove()
    await rm(place, { recursive: true, force: true })
  })

  it.each(inThemes(scenes))('axe finds nothing: $name, $theme', async ({ hash, isEmpty, act, theme }) => {
    const { page, complaints } = await visit(isEmpty === true ? empty : filled, hash, theme)
    try {
      await act(page)
      expect(await findings(page)).toEqual([])
      // A refused passphrase is an answer the browser notes as a failed load.
      expect(complaints.filter((one) => !one.includes('401'))).toEqual([])
    } finally {
      await page.context().close()
    }
  })

  it('a campaign is planned from its name to its launch with the keyboard alone', async () => {
    const served = await serve()
    const { officer } = served.at
    const { page } = await visit(served, '#/campaigns/new')
    const press = async (name: string | RegExp): Promise<void> => {
      await page.getByRole('button', { name }).first().focus()
      await page.keyboard.press('Enter')
    }
    try {
      await press('Continue')
      await page.getByText('A campaign needs a name.').waitFor()
      expect(await page.getByLabel('Name of the campaign').evaluate((field) => field === document.activeElement)).toBe(true)
      await page.keyboard.type('By hand')
      await press('Continue')
      await page.getByRole('heading', { name: /^Scope/ }).waitFor()
      await press(/Privileged access/)
      await page.getByText('of 17 grants in review').waitFor()
      await page.getByRole('status').filter({ hasText: /^4/ }).waitFor()
      await press('Continue')
      await page.getByRole('checkbox', { name: /One named person/ }).focus()
      await page.keyboard.press('Space')
      await press('Continue')
      await page.getByText('Say who the named person is.').waitFor()
      await page.getByRole('combobox', { name: 'The named person' }).focus()
      await page.keyboard.type('ada')
      await page.getByRole('option', { name: /Ada Above/ }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: `Remove ${ada}` }).waitFor()
      await press('Move One named person up')
      await press('Move One named person up')
      await press('Continue')
      await page.getByText('One stage: what is decided there stands.').waitFor()
      await press('Continue')
      await page.getByLabel('What nobody answered by the close').focus()
      await page.keyboard.type('is revoked')
      await press('Continue')
      await page.getByRole('button', { name: 'Launch with 4 items' }).waitFor()
      const told = await hearPage(page)
      await press('Launch with 4 items')
      await actions(page).getByRole('button', { name: 'Chase' }).waitFor()
      await expect.poll(told).toContainEqual({ kind: 'work-ended', title: 'Launch ended', text: '“By hand” is running.' })
      const [launched] = await officer.campaigns.list()
      expect([launched?.state, launched?.spec.name, launched?.spec.scope.privileges, launched?.spec.rules.noAnswer]).toEqual(['running', 'By hand', ['elevated', 'admin'], 'revoke'])
      expect(launched?.spec.reviewers.order[0]).toBe('named')
      const { reviewers } = await officer.campaigns.status({ campaign: launched?.id ?? 0 })
      expect(reviewers.map(({ person }) => person)).toContain(ada)
    } finally {
      await page.context().close()
      await served.close()
    }
  })

  it('back and forth loses nothing, a look elsewhere neither, and a draft is there after a reload', async () => {
    const served = await serve()
    const { page } = await visit(served, '#/campaigns/new')
    try {
      await page.getByLabel('Name of the campaign').fill('Kept draft')
      await page.getByLabel('Frameworks').fill('SOX, ISO 27001')
      await page.getByRole('link', { name: 'Today', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
      await goTo(page, '#/campaigns/new')
      await expect.poll(() => page.getByLabel('Name of the campaign').inputValue()).toBe('Kept draft')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByLabel('CRM').check()
      await step(page, 'Rules')
      await page.getByLabel('Advice hidden until the choice').fill('140')
      await step(page, 'Name')
      await page.getByText('Changes not saved yet').waitFor()
      await step(page, 'Rules')
      await expect.poll(() => page.getByLabel('Advice hidden until the choice').inputValue()).toBe('140')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('Between 0 and 100.').waitFor()
      await page.getByLabel('Advice hidden until the choice').fill('10')
      await page.getByRole('button', { name: 'Save draft' }).click()
      await page.getByText('All changes saved').waitFor()
      await page.reload()
      await page.getByRole('navigation', { name: 'Steps' }).waitFor()
      const [draft] = await served.at.officer.campaigns.list()
      expect([draft?.state, draft?.spec.scope.applications, draft?.spec.rules.controlSharePercent, draft?.spec.control.frameworks]).toEqual(['draft', ['CRM'], 10, ['SOX', 'ISO 27001']])
      await page.getByRole('button', { name: 'Discard draft' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click()
      await page.getByRole('heading', { name: 'No campaign yet' }).waitFor()
      expect(await served.at.officer.campaigns.list()).toEqual([])
    } finally {
      await page.context().close()
      await served.close()
    }
  })

  it('a running campaign is chased, handed on, extended, taken to its next stage, closed and sealed from its screen', async () => {
    const served = await serve(fill)
    const { officer } = served.at
    const { page } = await visit(served, '#/campaigns/2')
    try {
      await actions(page).getByRole('button', { name: 'Chase' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: /Write/ }).click()
      await dialog.getByText(/letters?, noted in the log/).waitFor()
      const download = page.waitForEvent('download')
      await dialog.getByRole('button', { name: /Download/ }).first().click()
      expect((await download).suggestedFilename()).toMatch(/@example\.com\.eml$/)
      await dialog.getByRole('button', { name: 'Close' }).last().click()
      await page.getByText(/^1×, last/).first().waitFor()

      await page.getByRole('button', { name: /Hand on what mia/ }).click()
      await dialog.getByText('Chosen items').click()
      await dialog.getByRole('checkbox', { name: /: / }).first().check()
      await dialog.getByRole('combobox', { name: 'To' }).fill('ada')
      await page.getByRole('option', { name: /Ada Above/ }).click()
      await dialog.getByLabel('Why').fill('She knows better')
      const before = (await officer.campaigns.items({ campaign: 2, reviewer: ada })).total
      await dialog.getByRole('button', { name: 'Hand on 1 item' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect((await officer.campaigns.items({ campaign: 2, reviewer: ada })).total).toBe(before + 1)

      await actions(page).getByRole('button', { name: 'Extend' }).click()
      await dialog.getByLabel('New due day').fill('2026-05-20')
      await dialog.getByLabel('Why').fill('Holidays')
      await dialog.getByRole('button', { name: 'Move the due day' }).click()
      await page.getByText('at first 30 Apr 2026').waitFor()

      await actions(page).getByRole('button', { name: 'Next stage' }).click()
      await dialog.getByRole('button', { name: 'Open the stage' }).click()
      await page.getByText('Stage 2 of 2: Owners').waitFor()

      await actions(page).getByRole('button', { name: 'Close' }).click()
      await dialog.getByText(/without a decision/).waitFor()
      await dialog.getByRole('button', { name: 'Close the campaign' }).click()
      await page.getByText('This campaign is closed').waitFor()
      await page.getByRole('button', { name: 'Seal the evidence' }).click()
      await dialog.getByLabel('Your passphrase').fill(passphrase)
      const told = await hearPage(page)
      await dialog.getByRole('button', { name: 'Seal', exact: true }).click()
      await dialog.getByText(/Version 1/).waitFor()
      await expect.poll(told).toContainEqual({ kind: 'work-ended', title: 'Sealing ended', text: expect.stringMatching(/^“Spring review” is sealed: version 1, \d+ pages\.$/) as string })
      await dialog.getByRole('link', { name: 'To the evidence' }).click()
      await page.getByRole('heading', { level: 1, name: 'Evidence' }).waitFor()
      expect([(await officer.campaigns.status({ campaign: 2 })).campaign.state, (await officer.evidence.checkLog()).isValid]).toEqual(['sealed', true])
    } finally {
      await page.context().close()
      await served.close()
    }
  })

  it('a campaign that is gone, and a count that fails, are said in words', async () => {
    const { page } = await visit(empty, '#/campaigns/99')
    try {
      await page.getByText('There is no campaign 99').waitFor()
      await goTo(page, '#/campaigns/new')
      await page.getByLabel('Name of the campaign').fill('Before anything was read')
      await page.getByLabel('Judged as of').fill('2001-01-01')
      await step(page, 'Scope')
      await page.getByRole('heading', { name: 'No source has a complete snapshot on this day' }).waitFor()
      expect(await findings(page)).toEqual([])
    } finally {
      await page.context().close()
    }
  })

  it('whoever only reviews sees no campaign screens; an auditor sees a draft and cannot change it', async () => {
    const { at } = filled
    const host = await startFakeHost(at.app, screens.folder, { actor: { email: 'audit@example.com', name: 'Ann Audit', roles: ['auditor'] } })
    const other = await startFakeHost(at.app, screens.folder, { actor: await at.app.actor(mia) })
    const { page } = await openOn(browser, host.url, '#/campaigns/1')
    const reviewing = await openOn(browser, other.url, '#/campaigns')
    try {
      await page.getByText('A draft of the compliance officer').waitFor()
      expect(await page.getByLabel('Name of the campaign').isDisabled()).toBe(true)
      expect(await page.getByRole('button', { name: 'Discard draft' }).count()).toBe(0)
      await goTo(page, '#/campaigns/2')
      await page.getByText('Left to do').waitFor()
      expect(await actions(page).count()).toBe(0)
      await reviewing.page.getByText('There is no such page').waitFor()
    } finally {
      await page.context().close()
      await reviewing.page.context().close()
      await host.close()
      await other.close()
    }
  })
})
