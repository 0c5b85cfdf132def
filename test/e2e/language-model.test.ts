import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { findings } from '../support/axe.ts'
import { hasBrowser, inThemes, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import type { FakeSettings } from '../support/fake-engine.ts'
import { openAt, type ReviewPage } from '../support/review-page.ts'

describe.skipIf(!hasBrowser())('the language model on screen', () => {
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

  const at = async (hash: string, settings: Partial<FakeSettings>, work: (opened: ReviewPage) => Promise<void>, theme: 'light' | 'dark' = 'light'): Promise<void> => {
    const opened = await openAt(browser, screens.folder, hash, settings, { theme })
    try {
      await work(opened)
    } finally {
      await opened.close()
    }
  }

  it.each((['light', 'dark'] as const).flatMap((theme) => [
    [theme, 'off', 'Fixed sentences'], [theme, 'on', 'Narratives asked for'], [theme, 'no-server', 'No Ollama server answers'], [theme, 'no-models', 'No models yet'],
  ] as const))('Settings, %s, %s: axe finds nothing', async (theme, languageModel, text) => {
    await at('#/settings', { languageModel }, async ({ page }) => {
      await page.getByText(text, { exact: false }).first().waitFor()
      expect(await findings(page)).toEqual([])
    }, theme)
  })

  it('a model is chosen only after its exam, with the keyboard alone; one that runs elsewhere says why not', async () => {
    await at('#/settings/language-model', {}, async ({ page, engine, announced }) => {
      await page.getByRole('row', { name: /gpt-oss/ }).getByText('the evidence would leave this machine').waitFor()
      expect(await page.getByRole('button', { name: 'Choose gemma3:4b' }).isDisabled()).toBe(true)
      await page.getByRole('button', { name: 'Run the exam of gemma3:4b' }).focus()
      await page.keyboard.press('Enter')
      await page.getByText(/^Question \d+ of 12/).waitFor()
      await page.getByText(/^Question \d+ of 12/).waitFor({ state: 'detached' })
      await expect.poll(announced).toContain('gemma3:4b passed the exam')
      await page.getByRole('button', { name: 'Choose llama3.2:3b' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Switch off' }).waitFor()
      expect(engine.calls.map(({ procedure }) => procedure)).toContain('languageModel.choose')
    })
  })

  it('an auditor sees the settings and can change none', async () => {
    await at('#/settings', { roles: ['auditor'] }, async ({ page }) => {
      await page.getByText('Fixed sentences').first().waitFor()
      expect(await page.getByRole('button', { name: /Choose|Run the exam|Allow|Save/ }).filter({ visible: true }).count()).toBeLessThanOrEqual(1)
      expect(await page.getByLabel('Server address').isDisabled()).toBe(true)
    })
  })

  it('sentences appear below the fixed ones while the model writes, and a decision waits for none of it', async () => {
    await at('#/review/1', { languageModel: 'writing' }, async ({ page, engine }) => {
      await page.locator('.wording-live li').first().waitFor()
      expect(await page.locator('.sides').count()).toBe(1)
      expect(await findings(page)).toEqual([])
      await page.keyboard.press('l')
      await page.keyboard.press('1')
      await page.keyboard.press('Enter')
      await page.locator('.review-progress').getByText('59 left').waitFor()
      expect(engine.calls.some(({ procedure }) => procedure === 'languageModel.ahead')).toBe(true)
    })
  })

  it.each(inThemes([{ opinion: 'revoke' }]))('another opinion sends the item to a closer look in queue and heading, beside the advice ($theme)', async ({ theme }) => {
    await at('#/review/1', { languageModel: 'otherwise' }, async ({ page }) => {
      await page.getByRole('treeitem', { name: /a language model reads it differently.*look closer$/ }).click()
      await page.getByText('Look closer: a language model reads this differently').waitFor()
      await page.getByText('It would say “revoke”, the engine says “keep”.').waitFor()
      expect(await findings(page)).toEqual([])
    }, theme)
  })

  it('a model that fails says so in one line, and nothing else changes', async () => {
    await at('#/review/1', { languageModel: 'slow' }, async ({ page }) => {
      await page.getByText('The model took too long to answer').waitFor()
      expect(await page.locator('.sides').count()).toBe(1)
      expect(await page.getByRole('button', { name: /^Keep/ }).first().isEnabled()).toBe(true)
    })
  })
})
