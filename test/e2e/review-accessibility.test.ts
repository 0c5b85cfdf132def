import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { findings } from '../support/axe.ts'
import { hasBrowser, inThemes, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { passphrase } from '../support/fake-engine.ts'
import type { FakeSettings } from '../support/fake-engine.ts'
import { openAt } from '../support/review-page.ts'

interface Scene {
  readonly name: string
  readonly hash: string
  readonly settings?: Partial<FakeSettings>
  readonly act?: (page: Page) => Promise<void>
}

const ready = async (page: Page): Promise<void> => page.locator('.evidence-card').first().waitFor()
const decideOne = async (page: Page): Promise<void> => {
  await ready(page)
  await page.keyboard.press('l')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.locator('.review-progress').getByText('59 left').waitFor()
}

const scenes: readonly Scene[] = [
  { name: 'Today', hash: '#/today', act: async (page) => page.getByText('Bank portal').waitFor() },
  { name: 'Today, nothing there yet', hash: '#/today', settings: { isEmpty: true },
    act: async (page) => page.getByRole('heading', { name: 'First steps' }).waitFor() },
  { name: 'appearance menu', hash: '#/today',
    act: async (page) => { await page.getByRole('button', { name: /Appearance/ }).click(); await page.getByRole('menu').waitFor() } },
  { name: 'Campaigns', hash: '#/campaigns', act: async (page) => page.getByText('Guests and contractors').waitFor() },
  { name: 'a running campaign', hash: '#/campaigns/1', act: async (page) => page.getByText('Nina Castellanos').waitFor() },
  { name: 'a draft campaign', hash: '#/campaigns/3', act: async (page) => page.getByLabel('Name of the campaign').waitFor() },
  { name: 'a campaign that is gone', hash: '#/campaigns/99', act: async (page) => page.getByText('There is no campaign 99').waitFor() },
  { name: 'Evidence, verified', hash: '#/evidence',
    act: async (page) => { await page.getByRole('button', { name: /^Verify the bundle of/ }).first().click();
      await page.getByText('This bundle is what was sealed').waitFor() } },
  { name: 'Evidence, broken', hash: '#/evidence', settings: { isBundleBroken: true },
    act: async (page) => { await page.getByRole('button', { name: /^Verify the bundle of/ }).first().click();
      await page.getByText('This bundle is not what was sealed').waitFor() } },
  { name: 'Evidence, empty', hash: '#/evidence', settings: { isEmpty: true },
    act: async (page) => page.getByText('Nothing is sealed yet').waitFor() },
  { name: 'Review, advice hidden', hash: '#/review/1', act: ready },
  { name: 'Review, decided and revealed', hash: '#/review/1', act: decideOne },
  { name: 'Review, score opened', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.keyboard.press('j');
      await page.getByRole('button', { name: /How the score adds up/ }).click() } },
  { name: 'Review, reasons asked', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.keyboard.press('l'); await page.locator('.decision-form').waitFor() } },
  { name: 'Review, reason missing', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.keyboard.press('e');
      await page.getByRole('button', { name: /Keep until this day/ }).click(); await page.getByText('Choose a day').waitFor() } },
  { name: 'Review, grouped by application', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.getByRole('radio', { name: 'Application' }).click() } },
  { name: 'Review, nothing matches', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.keyboard.press('/'); await page.keyboard.type('zzz');
      await page.getByText('Nothing matches').waitFor() } },
  { name: 'Review, all keys', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.keyboard.press('?'); await page.getByRole('dialog').waitFor() } },
  { name: 'Review, everything decided', hash: '#/review/1', settings: { items: 3 },
    act: async (page) => {
      for (let left = 3; left > 0; left -= 1) {
        await page.locator('.decision-look-closer[aria-disabled=false][aria-pressed=false]').waitFor()
        await page.keyboard.press('l')
        await page.locator('.decision-form').waitFor()
        await page.keyboard.press('1')
        await page.keyboard.press('Enter')
        await page.locator('.review-progress').getByText(`${4 - left} of 3 decided`).waitFor()
      }
      await page.getByText('Everything is decided').waitFor()
      expect(await page.locator('.skeleton').count(), 'nothing is on its way').toBe(0)
    } },
  { name: 'Review, nothing to do', hash: '#/review', settings: { isEmpty: true, hasQuestions: false },
    act: async (page) => page.getByText('Nothing to review').waitFor() },
  { name: 'Review, handing on', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.keyboard.press('a'); await page.getByRole('textbox', { name: 'Colleague' }).fill('in'); await page.getByText('2 found').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Hand on', exact: true }).click(); await page.getByText('Choose who is to review').waitFor() } },
  { name: 'Review, several at once', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.getByRole('button', { name: 'Several at once' }).click(); await page.getByText('Alike and low-risk').waitFor() } },
  { name: 'Review, a drawn item', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.getByRole('button', { name: 'Several at once' }).click();
      await page.getByRole('button', { name: /Open the 3 drawn/ }).click(); await page.getByText('Reasons to revoke').last().waitFor();
      await page.getByRole('button', { name: 'Evidence', exact: true }).click() } },
  { name: 'Review, questions', hash: '#/review/1',
    act: async (page) => { await ready(page); await page.getByRole('button', { name: /^Questions/ }).click(); await page.getByText('For you to answer').waitFor() } },
  { name: 'Questions without a queue', hash: '#/review', settings: { isEmpty: true },
    act: async (page) => page.getByText('For you to answer').waitFor() },
  { name: 'Review, overview', hash: '#/review/1',
    act: async (page) => { await decideOne(page); await page.keyboard.press('o'); await page.getByRole('radio', { name: /^Undo list/ }).click();
      await page.getByRole('button', { name: /^Undo .* of / }).waitFor() } },
  { name: 'Sign-off', hash: '#/review/1',
    act: async (page) => { await decideOne(page); await page.keyboard.press('Control+Enter');
      await page.getByLabel('Your passphrase').waitFor() } },
  { name: 'Sign-off without a key', hash: '#/review/1', settings: { isEnrolled: false },
    act: async (page) => { await decideOne(page); await page.keyboard.press('Control+Enter');
      await page.getByText('You have no signing key').waitFor() } },
  {
    name: 'signed off', hash: '#/review/1', act: async (page) => {
      await decideOne(page)
      await page.keyboard.press('Control+Enter')
      await page.getByLabel('Your passphrase').fill(passphrase)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Signed off', exact: true }).waitFor()
    },
  },
]

describe.skipIf(!hasBrowser())('axe finds nothing, and the strict page policy is never broken', () => {
  let browser: Browser
  let screens: Awaited<ReturnType<typeof buildScreens>>
  beforeAll(async () => {
    screens = await buildScreens()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await screens.remove()
  })

  it('finds faults that are there: a button without a name, a list that holds no items, faint text', async () => {
    const opened = await openAt(browser, screens.folder, '#/review/1')
    try {
      await ready(opened.page)
      await opened.page.evaluate(() => {
        document.querySelector('.review-head button.icon-only')?.removeAttribute('aria-label')
        document.querySelector('.review-head button.icon-only')?.replaceChildren()
        document.querySelector('.item ul')?.setAttribute('role', 'listbox')
        document.querySelector<HTMLElement>('.item .description')?.style.setProperty('color', '#ddd')
      })
      const found = (await findings(opened.page)).map((line) => line.split(':')[0])
      expect(found).toEqual(expect.arrayContaining(['button-name', 'aria-required-children', 'color-contrast']))
    } finally {
      await opened.close()
    }
  })

  it.each(inThemes(scenes))('$name, $theme', async ({ hash, settings, act, theme }) => {
    const opened = await openAt(browser, screens.folder, hash, settings, { theme })
    try {
      await act?.(opened.page)
      expect(await findings(opened.page)).toEqual([])
      expect(opened.complaints()).toEqual([])
    } finally {
      await opened.close()
    }
  })
})
