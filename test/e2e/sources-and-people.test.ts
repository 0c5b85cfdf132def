import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser, openPage } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { harbourFiles, openOffice, type RealOffice } from '../support/real-office.ts'

describe.skipIf(!hasBrowser())('an officer connects sources and looks at people, on the real engine through the real server', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let office: RealOffice
  let page: Page
  let complaints: string[]

  const go = (hash: string): Promise<void> => goTo(page, hash)
  const addFile = async (kind: RegExp, name: string, text: string, columns: Readonly<Record<string, string>> = {}): Promise<void> => {
    await go('#/sources/add')
    await page.getByRole('button', { name: kind }).click()
    await page.getByTestId('file-input').setInputFiles(await office.file(`${name}.csv`, text))
    await page.getByRole('heading', { name: 'First rows, as they would be read' }).waitFor()
    for (const [field, column] of Object.entries(columns)) await page.getByLabel(field, { exact: true }).selectOption(column)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
  }

  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
    office = await openOffice(screens.folder)
    ;({ page, complaints } = await openPage(browser, office.urlOf('officer')))
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await office.close()
    await screens.remove()
  })

  it('begins with nothing, and says what to do', async () => {
    await go('#/people')
    await page.getByText('Nobody is known yet').waitFor()
    expect(await findings(page)).toEqual([])
    await go('#/sources')
    await page.getByText('No source is connected yet').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('link', { name: 'Add a source' }).click()
    await page.getByRole('button', { name: /Access list/ }).waitFor()
    expect(await findings(page)).toEqual([])
  })

  it('shows what a file would give, and drops protected columns, before anything is saved', async () => {
    await go('#/sources')
    await go('#/sources/add')
    await page.getByRole('button', { name: /^People \(HR\)/ }).click()
    expect(await findings(page)).toEqual([])
    await page.getByTestId('file-input').setInputFiles(await office.file('workers.csv', harbourFiles().people))
    await page.getByText(/Never read or kept.*Race/).waitFor()
    await page.getByRole('cell', { name: 'Helena Brandt' }).waitFor()
    expect(await page.getByRole('option', { name: 'Race' }).count()).toBe(0)
    expect(await findings(page)).toEqual([])
    await page.getByLabel(/Employee id/).selectOption('')
    await page.getByText('Cannot be read without: Employee id').waitFor()
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
    await page.getByLabel(/Employee id/).selectOption('Worker ID')
    await page.getByRole('cell', { name: 'Helena Brandt' }).waitFor()
    await go('#/sources')
    await page.getByText('No source is connected yet').waitFor()
  })

  it('reads files brought in through the browser, and keeps every rejected row with its reason', async () => {
    const { people, access } = harbourFiles()
    await addFile(/^People \(HR\)/, 'Workers', people)
    await page.getByRole('button', { name: 'Save and read it' }).click()
    await page.getByText('Done: 40 rows taken').waitFor()
    await go('#/sources')
    await addFile(/^Access list/, 'Ledgerline', access, { 'Entitlement (needed)': 'right id', 'Entitlement’s name': 'right name' })
    await page.getByRole('button', { name: 'Save and read it' }).click()
    await page.getByText('Done: 41 rows taken').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('link', { name: 'See the run' }).click()
    await page.getByText('The difference must be zero').waitFor()
    await page.getByRole('row', { name: /43.*empty/ }).waitFor()
    expect(await findings(page)).toEqual([])
    await go('#/sources')
    await page.getByRole('heading', { name: 'Ledgerline' }).waitFor()
    expect(await findings(page)).toEqual([])
  })

  it('holds back a list that shrank until the officer says why it is right', async () => {
    await go('#/sources/of/Ledgerline')
    await page.getByRole('button', { name: 'Read now' }).click()
    await page.getByRole('dialog').getByTestId('file-input').setInputFiles(await office.file('half.csv', harbourFiles(10).access))
    await page.getByRole('dialog').getByText('half.csv').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Read now' }).click()
    await page.getByText('Held back: it waits for your word').waitFor()
    await page.getByRole('button', { name: 'Throw it away' }).click()
    await page.getByText('Say in a few words why').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByLabel('Why it is right, or wrong').fill('Cut off by the mail gateway')
    await page.getByRole('button', { name: 'Throw it away' }).click()
    await page.getByText('Held back: it waits for your word').waitFor({ state: 'detached' })
  })

  it('finds people by any part of their name, by keyboard alone', async () => {
    await go('#/people')
    await page.getByRole('searchbox').waitFor()
    await page.getByText('Person 002').waitFor()
    await page.keyboard.type('muller')
    await page.getByText('Person 002').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /Jörg Müller/ }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Jörg Müller' }).waitFor()
    await page.getByRole('link', { name: 'Helena Brandt' }).waitFor()
    await page.getByRole('cell', { name: /Payment release/ }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('link', { name: 'Payment release' }).click()
    await page.getByText('Nobody has said what this is for').waitFor()
    await page.getByRole('table', { name: 'Holders' }).getByText('Helena Brandt').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByLabel('Find a holder').fill('muller')
    await page.getByRole('heading', { name: 'Holders (2)' }).waitFor()
  })

  it('confirms whose an account is, and takes it back', async () => {
    await go('#/people/orphans')
    const confirm = page.getByRole('button', { name: 'It is theirs: jmuller belongs to Jörg Müller' })
    await confirm.waitFor()
    expect(await findings(page)).toEqual([])
    await confirm.click()
    await page.getByRole('button', { name: 'Undo the match of jmuller' }).waitFor()
    expect(await findings(page)).toEqual([])
    await go('#/people/confirmed')
    await page.getByRole('cell', { name: 'jmuller', exact: true }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo the match of jmuller' }).click()
    await page.getByText('Nothing was confirmed by hand').waitFor()
  })

  it('describes what nobody has described', async () => {
    await go('#/people/undescribed')
    await page.getByLabel('What Payment release is for').fill('Releases payments to the bank')
    expect(await findings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Releases payments to the bank').waitFor()
    await go('#/people')
    await page.getByRole('searchbox').fill('releases pay')
    await page.getByRole('link', { name: /Payment release/ }).waitFor()
  })

  it('says what is asked of a live system before anybody connects, and what a setting lacks', async () => {
    for (const [kind, permission] of [[/^Microsoft Entra/, 'GroupMember.Read.All'], [/^Okta/, 'okta.groups.read']] as const) {
      await go('#/sources')
      await go('#/sources/add')
      await page.getByRole('button', { name: kind }).click()
      await page.getByText(permission, { exact: true }).waitFor()
      expect(await findings(page)).toEqual([])
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('This is needed.').first().waitFor()
      expect(await findings(page)).toEqual([])
    }
  })

  it('lets the auditor look and not touch, and the reviewer not look', async () => {
    const auditor = await openPage(browser, office.urlOf('auditor'))
    await auditor.page.getByRole('link', { name: 'Sources' }).click()
    await auditor.page.getByRole('heading', { name: 'Ledgerline' }).waitFor()
    expect(await auditor.page.getByRole('button', { name: /Read|Choose/ }).count()).toBe(0)
    expect(await auditor.page.getByRole('link', { name: 'Add a source' }).count()).toBe(0)
    await goTo(auditor.page, '#/people/orphans')
    await auditor.page.getByText('jmuller', { exact: true }).waitFor()
    expect(await auditor.page.getByRole('button').filter({ hasText: /theirs|Somebody/ }).count()).toBe(0)
    const reviewer = await openPage(browser, office.urlOf('reviewer'))
    await reviewer.page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await reviewer.page.getByRole('link', { name: /Sources|People/ }).count()).toBe(0)
    await goTo(reviewer.page, '#/people')
    await reviewer.page.getByText('There is no such page').waitFor()
  })

  it('removes a source after saying what that means', async () => {
    await go('#/sources/of/Ledgerline')
    await page.getByRole('button', { name: 'Remove this source' }).click()
    await page.getByText('Its accounts and grants end with a last, empty snapshot').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('heading', { name: 'Workers' }).waitFor()
    await page.getByRole('heading', { name: 'Ledgerline' }).waitFor({ state: 'detached' })
  })

  it('broke no rule of its page, and keeps nothing of what was brought in once it is closed', async () => {
    expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
    expect((await readdir(office.app.incoming)).length).toBeGreaterThan(0)
    expect(office.app.incoming).toBe(join(office.folder, 'workspace', 'incoming'))
  })
})
