import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { mia, openWorkspace } from '../support/workspace-builder.ts'
import { fillQueue } from './data/queue.ts'
import { percentiles } from './timing.ts'

interface QueueBench { readonly items: number; readonly decisions: number; readonly opens: number }

/** Milliseconds from asking for the screen until its first item, evidence and lines have been painted. */
const openQueue = (page: Page, hash: string): Promise<number> => page.evaluate(async (to) => {
  const start = performance.now()
  window.location.hash = to
  while (document.querySelector('.evidence-card') === null || document.querySelector('.queue-item') === null || document.querySelector('.item-facts') === null) {
    await new Promise((resolve) => { requestAnimationFrame(resolve) })
  }
  await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)) })
  return performance.now() - start
}, hash)

/** From the key's own time stamp until the next item stands there, painted. */
async function decideAndTime(page: Page): Promise<number> {
  // A key pressed before the evidence is there is meant to do nothing.
  await page.locator('.decision-keep[aria-disabled=false]').waitFor({ timeout: 20_000 })
  await page.evaluate(() => {
    const shown = document.querySelector('article')?.getAttribute('aria-label')
    const bench = window as unknown as { spent?: Promise<number> }
    bench.spent = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('the key brought no other item')), 20_000)
      window.addEventListener('keydown', (event) => {
        const look = (): void => {
          const article = document.querySelector('article')
          if (article?.getAttribute('aria-label') === shown || article?.querySelector('.item-facts') == null) requestAnimationFrame(look)
          else setTimeout(() => resolve(performance.now() - event.timeStamp), 0)
        }
        requestAnimationFrame(look)
      }, { capture: true, once: true })
    })
  })
  await page.keyboard.press('k')
  return page.evaluate(() => (window as unknown as { spent: Promise<number> }).spent)
}

/** Milliseconds between frames while the wheel turns through a part of the list; nothing is missed at 60 frames a second below 17 or so. */
async function scrollAndTime(page: Page): Promise<readonly number[]> {
  await page.getByRole('tree').hover()
  await page.evaluate(() => {
    const bench = window as unknown as { frames: number[]; isOver: boolean }
    bench.frames = []
    bench.isOver = false
    let before = performance.now()
    const frame = (now: number): void => {
      bench.frames.push(now - before)
      before = now
      if (!bench.isOver) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  for (let turn = 0; turn < 90; turn += 1) await page.mouse.wheel(0, 500)
  return page.evaluate(() => {
    const bench = window as unknown as { frames: number[]; isOver: boolean }
    bench.isOver = true
    return bench.frames.slice(1)
  })
}

/** From asking for what can be decided on in one go until its groups stand there. */
async function openTogether(page: Page): Promise<number> {
  const spent = page.evaluate(() => new Promise<number>((resolve) => {
    const start = performance.now()
    const look = (): void => {
      if (document.querySelector('[role=dialog] .virtual-table-row .button') === null) requestAnimationFrame(look)
      else setTimeout(() => resolve(performance.now() - start), 0)
    }
    requestAnimationFrame(look)
  }))
  await page.getByRole('button', { name: 'Several at once' }).click()
  const taken = await spent
  await page.keyboard.press('Escape')
  return taken
}

/** A queue of `items` in real Chromium over the loopback host: opening it, the next item after each decision key, scrolling, grouping. One JSON line. */
export async function queueScreen({ items, decisions, opens }: QueueBench): Promise<Readonly<Record<string, unknown>>> {
  const place = await mkdtemp(join(tmpdir(), 'muster-queue-'))
  const screens = await buildScreens()
  const browser = await openBrowser()
  try {
    const folder = join(place, 'workspace')
    const campaign = await fillQueue(folder, items)
    const { app, close } = await openWorkspace(folder)
    const actor = await app.actor(mia)
    if (actor === undefined) throw new Error('the reviewer does not act in the workspace')
    const host = await startWebHost({ router: app.router, people: [actor], renderer: screens.folder, incoming: app.incoming, log: (_, error) => { throw error }, port: 0 })
    const url = host.links[0]?.url ?? ''
    const opened: number[] = []
    const whole: number[] = []
    const frames: number[] = []
    const together: number[] = []
    const next: { early: number[]; late: number[] } = { early: [], late: [] }
    const hash = `#/review/${campaign}`
    for (let round = 0; round < opens; round += 1) {
      const { page } = await openPage(browser, url)
      await page.getByRole('navigation').waitFor()
      await page.waitForTimeout(500)
      const start = performance.now()
      opened.push(await openQueue(page, hash))
      if (round === 0) {
        // Decisions while the rest of the queue is still being read.
        while (next.early.length < decisions && (await page.locator('.queue-missing').count()) > 0) {
          await page.waitForTimeout(150)
          next.early.push(await decideAndTime(page))
        }
      }
      await page.locator('.queue-missing').waitFor({ state: 'detached', timeout: 120_000 })
      if (round > 0) whole.push(performance.now() - start)
      if (round === opens - 1) {
        for (let at = 0; at < decisions; at += 1) {
          await page.waitForTimeout(250)
          next.late.push(await decideAndTime(page))
        }
        frames.push(...await scrollAndTime(page))
        for (let at = 0; at < opens; at += 1) together.push(await openTogether(page))
      }
      await page.context().close()
    }
    await host.close(0)
    await close()
    return {
      bench: 'queue', items, opens, openMs: rounded(opened), openAim: 500, wholeQueueMs: rounded(whole),
      nextItemMs: rounded(next.late), nextItemAim: 'p95 ≤ 100', nextItemWhileReadingMs: rounded(next.early),
      frameMs: rounded(frames), togetherMs: rounded(together),
    }
  } finally {
    await browser.close()
    await screens.remove()
    await rm(place, { recursive: true, force: true })
  }
}

function rounded(durations: readonly number[]): Readonly<Record<string, number>> {
  if (durations.length === 0) return { times: 0 }
  const sorted = durations.toSorted((left, right) => left - right)
  const { p50Ms, maxMs } = percentiles(durations)
  return { times: durations.length, p50: Math.round(p50Ms), p95: Math.round(sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0), max: Math.round(maxMs) }
}
