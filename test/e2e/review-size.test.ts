import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { openReview, shownItem } from '../support/review-page.ts'

describe.skipIf(!hasBrowser())('a queue of 5,000 items', () => {
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

  it('keeps only the lines in sight in the document, scrolls to its end, and tells each line its place', async () => {
    const opened = await openReview(browser, screens.folder, { items: 5_000 })
    const { page } = opened
    expect(await page.getByRole('treeitem').count()).toBeLessThan(80)
    await page.getByRole('tree').evaluate((tree) => { tree.scrollTop = tree.scrollHeight })
    const last = page.getByRole('treeitem', { level: 2 }).last()
    await expect.poll(() => last.evaluate((line) => line.getAttribute('aria-posinset') === line.getAttribute('aria-setsize'))).toBe(true)
    expect(await page.getByRole('treeitem').count()).toBeLessThan(80)

    // The focus still points to the selected line, which is drawn although it is out of sight.
    const active = await page.getByRole('tree').getAttribute('aria-activedescendant')
    expect(await page.locator(`[id="${active ?? ''}"]`).count()).toBe(1)

    const start = await shownItem(page)
    await page.getByRole('tree').focus()
    await page.keyboard.press('End')
    await expect.poll(() => shownItem(page)).not.toBe(start)
    await page.locator('.evidence-card').first().waitFor()
    const end = await shownItem(page)
    await page.keyboard.press('ArrowDown')
    expect(await shownItem(page)).toBe(end)
    expect(opened.complaints()).toEqual([])
    await opened.close()
  })
})
