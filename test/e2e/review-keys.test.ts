import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { goOn, openReview, shownItem, tabTo } from '../support/review-page.ts'

describe.skipIf(!hasBrowser())('without a mouse', () => {
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

  it('the introduction, every key of the list, keep until a day, handing on, the overview, a question and an attestation are done', async () => {
    const opened = await openReview(browser, screens.folder)
    const { page, engine, announced } = opened
    const press = (...keys: readonly string[]): Promise<void> => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
    const role = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('role') ?? null)
    const isReady = (): Promise<void> => page.locator('.decision-keep[aria-disabled=false]').waitFor()

    // The introduction leads back to the queue, and does not come again.
    await tabTo(page, /^Next$/)
    await press('Enter', 'Enter', 'Enter', 'Enter')
    await tabTo(page, /^Start$/)
    await press('Enter')
    await expect.poll(role).toBe('tree')
    expect(await page.getByRole('region', { name: 'Introduction' }).count()).toBe(0)

    const group = page.getByRole('treeitem', { level: 1 }).first()
    await press('ArrowLeft')
    await expect.poll(() => group.getAttribute('aria-expanded')).toBe('false')
    await press('ArrowRight')
    await expect.poll(() => group.getAttribute('aria-expanded')).toBe('true')
    await press('?')
    await page.getByRole('dialog', { name: 'All keys' }).waitFor()
    await press('k', 'Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(engine.progress().undecided, 'a key behind a dialog decides nothing').toBe(60)

    await isReady()
    const before = await shownItem(page)
    await press('e')
    await tabTo(page, /^3 months$/)
    await press('Enter')
    await tabTo(page, /^Needed until a known date/)
    await press('1', 'Enter')
    await expect.poll(() => engine.progress().keptUntil).toBe(1)
    expect(engine.calls.findLast(({ procedure }) => procedure === 'review.decide')?.input).toMatchObject({ until: '2027-02-22' })

    // Decided before the advice was shown: it stays until J goes on.
    await goOn(page, before)
    await isReady()
    const handed = await shownItem(page)
    await press('a')
    await page.getByRole('dialog', { name: 'Hand on to somebody else' }).waitFor()
    await page.keyboard.type('ines')
    await page.getByText('1 found').waitFor()
    await press('Tab', ' ')
    await tabTo(page, /^Reason$/)
    await page.keyboard.type('She leads the team now.')
    await tabTo(page, /^Hand on$/)
    const asked = engine.calls.filter(({ procedure }) => procedure === 'review.queue').length
    await press('Enter')
    await expect.poll(announced).toContain('1 item handed on to Inês Caldeira')
    await expect.poll(() => engine.progress().items).toBe(59)
    await expect.poll(() => shownItem(page)).not.toBe(handed)
    await page.getByText(/of 59 decided/).waitFor()
    expect(engine.calls.filter(({ procedure }) => procedure === 'review.queue')).toHaveLength(asked)

    await press('o')
    await tabTo(page, /^Undecided/)
    await press('ArrowRight', 'ArrowRight', 'Enter')
    await tabTo(page, /^Undo .* of /)
    await press('Enter')
    await expect.poll(() => engine.progress().keptUntil).toBe(0)
    await press('Escape')

    await tabTo(page, /^Questions/)
    await press('Enter')
    await tabTo(page, /^Your answer to Tom Reed$/)
    await page.keyboard.type('Every Monday.')
    await tabTo(page, /^Answer$/)
    await press('Enter')
    await expect.poll(announced).toContain('Answered.')
    await press('Escape')

    await tabTo(page, /^Several at once$/)
    await press('Enter')
    // The lines come after the button that attests them all.
    await page.getByRole('checkbox', { name: /^Attest .* of / }).first().waitFor()
    await tabTo(page, /^Attest .* of /)
    await press(' ')
    await tabTo(page, /^Attest and keep 3 items$/)
    await press('Enter')
    await expect.poll(announced).toContain('3 items kept as unchanged')
    await press('Escape', 'z')
    await expect.poll(announced).toContain('Undone: 3 items undecided again')
    expect(engine.progress()).toMatchObject({ undecided: 59, kept: 0 })
    expect(opened.complaints()).toEqual([])
    await opened.close()
  })
})
