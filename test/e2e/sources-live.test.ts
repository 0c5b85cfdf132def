import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { secretsPassphrase } from '../support/fake-office-data.ts'
import { openAt, type ReviewPage } from '../support/review-page.ts'

describe.skipIf(!hasBrowser())('a live source, on a scripted engine', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  const opened: ReviewPage[] = []
  const open = async (...given: Parameters<typeof openAt> extends [Browser, string, ...infer Rest] ? Rest : never): Promise<ReviewPage> => {
    const one = await openAt(browser, screens.folder, ...given)
    opened.push(one)
    return one
  }
  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
  })
  afterAll(async () => {
    for (const one of opened) await one.close()
    await browser.close()
    await screens.remove()
  })

  it('asks for a code elsewhere, then names what is missing and what that costs; its secret is gone from the page', async () => {
    let type: () => void = () => undefined
    const codeTyped = new Promise<void>((resolve) => { type = resolve })
    const { page, engine } = await open('#/sources/add', { codeTyped }, { theme: 'dark' })
    await page.getByRole('button', { name: /^Microsoft Entra/ }).click()
    await page.getByText('GroupMember.Read.All').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Tenant').fill('harbourline.example')
    await page.getByLabel('Application (client) id').fill('0f0f0f0f-1111-2222-3333-444444444444')
    await page.getByLabel('Sign in').selectOption('secret')
    await page.getByLabel('Passphrase for the secrets').fill('wrong')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByText('That passphrase does not open the secrets.').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByLabel('Passphrase for the secrets').fill(secretsPassphrase)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByText('Secrets are locked').waitFor({ state: 'detached' })
    await page.getByLabel('Client secret').fill('s3cret-value')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('F7QK2PBXD').waitFor()
    await page.getByText(/^Valid for 1[34]:/).waitFor()
    expect(await findings(page)).toEqual([])
    expect(engine.calls.find(({ procedure }) => procedure === 'sources.addLive')?.input).toMatchObject({ secrets: { 'client-secret': 's3cret-value' }, config: { from: 'entra', signIn: 'secret' } })
    type()
    await page.getByText('1 permission is missing').waitFor()
    await page.getByText('How access is used stays unknown.').waitFor()
    expect(await findings(page)).toEqual([])
    expect(await page.content()).not.toContain('s3cret-value')
    await page.getByRole('button', { name: 'Back' }).click()
    expect(await page.getByLabel('Client secret').inputValue()).toBe('')
  })

  it('shows progress that goes on while other screens are looked at, until it is stopped', async () => {
    const { page, complaints } = await open('#/sources')
    await page.getByRole('button', { name: 'Read now: Ledger accounts' }).click()
    await page.getByText('Reading groups: 1,204 of 2,310').waitFor()
    expect(await findings(page)).toEqual([])
    await goTo(page, '#/today')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await goTo(page, '#/sources')
    await page.getByText('Reading groups: 1,204 of 2,310').waitFor()
    await page.getByRole('button', { name: 'Stop reading Ledger accounts' }).click()
    await page.getByRole('button', { name: 'Read now: Ledger accounts' }).waitFor()
    expect(complaints()).toEqual([])
  })

  it('shows a run as it can be asked again: queries, counts that agree or differ, waits, gaps, and any number of rejected rows', async () => {
    const { page } = await open('#/sources/run/1', {}, { theme: 'dark' })
    await page.getByText('GET /v1.0/users?$select=id').waitFor()
    await page.getByText('The source’s own count and ours agree.').waitFor()
    await page.getByText('The source’s own count and ours differ by 2.').waitFor()
    await page.getByText('AuditLog.Read.All is missing').waitFor()
    await page.getByText('41.2 s').waitFor()
    expect(await findings(page)).toEqual([])
    const table = page.getByRole('table', { name: 'Rows with remarks' })
    expect(await table.getAttribute('aria-rowcount')).toBe('5001')
    expect(await table.getByRole('row').count()).toBeLessThan(60)
    await table.locator('.virtual-table-body').focus()
    await page.keyboard.press('End')
    await table.getByText('u4999;soon').waitFor()
  })
})
