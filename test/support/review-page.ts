import type { Browser, Page } from 'playwright-core'
import { createFakeEngine } from './fake-engine.ts'
import type { FakeEngine, FakeSettings } from './fake-engine.ts'
import { startFakeHost } from './fake-host.ts'
import { goTo, openPage } from './browser.ts'

export interface ReviewPage {
  readonly page: Page
  readonly engine: FakeEngine
  /** What the page complained about. Refusals the test asked for are answers, not complaints. */
  readonly complaints: () => readonly string[]
  readonly announced: () => Promise<string>
  readonly close: () => Promise<void>
}

/** A fresh engine, host and page at `hash`, with the session already taken from the fragment. */
export const openAt = async (
  browser: Browser, screens: string, hash: string, settings: Partial<FakeSettings> = {}, look: Parameters<typeof openPage>[2] = {},
): Promise<ReviewPage> => {
  const engine = createFakeEngine(settings)
  const host = await startFakeHost(engine, screens)
  const { page, complaints } = await openPage(browser, host.url, look)
  await page.getByRole('navigation').waitFor()
  if (hash !== '') await goTo(page, hash)
  return {
    page, engine,
    complaints: () => complaints.filter((text) => !text.startsWith('Failed to load resource')),
    announced: async () => (await page.getByTestId('announcer').textContent()) ?? '',
    close: async () => {
      await page.context().close()
      await host.close()
    },
  }
}

/** The review with its first item shown. */
export const openReview = async (browser: Browser, screens: string, settings: Partial<FakeSettings> = {},
  look: Parameters<typeof openPage>[2] = {}): Promise<ReviewPage> => {
  const opened = await openAt(browser, screens, '#/review', settings, look)
  await opened.page.locator('.evidence-card').first().waitFor()
  return opened
}

/** What the element with the focus is called, as far as a label, its own words or its field's label say so. */
const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const element = document.activeElement
  const field = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null
  return (element?.getAttribute('aria-label') ?? (field === null ? element?.textContent : field.labels?.[0]?.textContent) ?? '').trim()
})

/** Presses Tab until what is called so has the focus, as somebody without a mouse would. */
export const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  const passed: string[] = []
  for (let presses = 0; presses < 150; presses += 1) {
    const now = await focused(page)
    if (name.test(now)) return
    passed.push(now.slice(0, 40))
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab comes to ${name.source}; it came by ${[...new Set(passed)].join(' · ')}`)
}

/**
 * After a decision on the item called so: waits until the review went on by itself, or shows the advice it had hidden and then goes on with J.
 * Pressed too early, a key would be taken for the item before.
 */
export const goOn = async (page: Page, decided: string | null): Promise<void> => {
  const next = page.getByRole('button', { name: 'Next item' })
  await page.waitForFunction((before) => document.querySelector('.item')?.getAttribute('aria-label') !== before
    || [...document.querySelectorAll('button')].some((button) => button.textContent?.includes('Next item') === true), decided)
  if (!await next.isVisible()) return
  await page.keyboard.press('j')
  await next.waitFor({ state: 'detached' })
}

export const shownItem = (page: Page): Promise<string | null> => page.getByRole('article').first().getAttribute('aria-label')
