import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, inThemes, openBrowser, openOn } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { startFakeHost } from '../support/fake-host.ts'
import { closedCampaign, syncWithout } from '../support/remediated-workspace.ts'
import { ada, buildWorkspace, copyWorkspace, mia, openWorkspace, passphrase, type TestWorkspace } from '../support/workspace-builder.ts'

interface Served { readonly at: TestWorkspace; readonly url: string; readonly close: () => Promise<void> }

let place: string
let template: string
let browser: Browser
let screens: Awaited<ReturnType<typeof buildScreens>>
const served: Record<'empty' | 'closed' | 'underway', Served | null> = { empty: null, closed: null, underway: null }

const serve = async (name: string, prepare: (at: TestWorkspace) => Promise<unknown>): Promise<Served> => {
  const at = await openWorkspace(await copyWorkspace(template, join(place, name)))
  await prepare(at)
  const host = await startFakeHost(at.app, screens.folder, { actor: await at.app.officer() })
  return { at, url: host.url, close: async () => { await host.close(); await at.close() } }
}

/** Something of every state: proved gone, come back, still there though reported as done, handed out, planned and late. */
const inEveryState = async (at: TestWorkspace): Promise<void> => {
  await closedCampaign(at)
  const { officer } = at
  await officer.calendar.tick()
  const of = async (text: string): Promise<number[]> => (await officer.remediation.list({ text })).rows.map(({ id }) => id)
  await officer.remediation.reportDone({ ids: await of('Tom Team'), note: 'ERP team, by hand' })
  await syncWithout(officer, template, '2026-04-02', (line) => line.startsWith('tom,') || line.startsWith('tia,'))
  await syncWithout(officer, template, '2026-04-03', (line) => line.startsWith('tom,'))
  await officer.remediation.reportDone({ ids: (await of('Ted Team')).slice(0, 1), note: 'Said to be done' })
  await syncWithout(officer, template, '2026-04-04', (line) => line.startsWith('tom,'))
  await officer.remediation.workList({ ids: (await of('Ted Team')).slice(1), isHandedOut: true })
}

const need = (one: Served | null): Served => {
  if (one === null) throw new Error('not served')
  return one
}

const visit = (one: Served | null, hash: string, theme: 'light' | 'dark' = 'light') => openOn(browser, need(one).url, hash, { theme })

const first = (page: Page): Promise<unknown> => page.getByRole('row').filter({ has: page.getByRole('checkbox') }).getByRole('link').first().click()
const selectFirst = (page: Page): Promise<unknown> => page.getByRole('checkbox', { name: /^Select everything/, disabled: false }).first().check()

const scenes: readonly { readonly name: string; readonly at: keyof typeof served; readonly hash: string; readonly act: (page: Page) => Promise<unknown> }[] = [
  { name: 'nothing to carry out', at: 'empty', hash: '#/remediation', act: (page) => page.getByRole('heading', { name: 'Nothing to carry out' }).waitFor() },
  { name: 'alarms and what is to do', at: 'underway', hash: '#/remediation', act: (page) => page.getByRole('button', { name: 'Show these' }).waitFor() },
  {
    name: 'one item', at: 'underway', hash: '#/remediation/all', act: async (page) => {
      await first(page)
      await page.getByRole('heading', { name: 'History' }).waitFor()
    },
  },
  { name: 'proved gone', at: 'underway', hash: '#/remediation/gone', act: (page) => page.getByText('Proved gone').nth(1).waitFor() },
  { name: 'an empty state', at: 'underway', hash: '#/remediation/back', act: (page) => page.getByRole('heading', { name: 'Nothing here' }).waitFor() },
  {
    name: 'the list to hand out', at: 'underway', hash: '#/remediation/all', act: async (page) => {
      await selectFirst(page)
      await page.getByRole('button', { name: 'List…' }).last().click()
      await page.getByRole('dialog').getByRole('cell').first().waitFor()
    },
  },
  {
    name: 'a ticket without a system', at: 'underway', hash: '#/remediation/all', act: async (page) => {
      await selectFirst(page)
      await page.getByRole('button', { name: 'Open ticket…' }).last().click()
      await page.getByText('No ticket system is set up yet.').waitFor()
    },
  },
  { name: 'how much Muster may do', at: 'underway', hash: '#/settings/remediation', act: (page) => page.getByLabel(/Act on approval/).waitFor() },
  {
    name: 'today with an alarm and what was done by itself', at: 'underway', hash: '#/today', act: async (page) => {
      await page.getByText(/removed rights? ha(s|ve) come back/).waitFor()
      await page.getByText(/removals were planned/).waitFor()
    },
  },
]

describe.skipIf(!hasBrowser())('remediation, in a real browser', () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-remediation-screens-'))
    template = join(place, 'workspace')
    await (await buildWorkspace(template, { enrolled: [mia, ada] })).close()
    screens = await buildScreens()
    browser = await openBrowser()
    served.empty = await serve('empty', () => Promise.resolve())
    served.closed = await serve('closed', closedCampaign)
    served.underway = await serve('underway', inEveryState)
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    for (const one of Object.values(served)) await one?.close()
    await screens?.remove()
    await rm(place, { recursive: true, force: true })
  })

  it.each(inThemes(scenes))('$name ($theme): axe finds nothing', async ({ at, hash, act, theme }) => {
    const { page, complaints } = await visit(served[at], hash, theme)
    await act(page)
    expect(await findings(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('by keyboard alone: plan, choose, report as done, and read that proof is still to come', async () => {
    const { page } = await visit(served.closed, '#/remediation')
    const focusOn = async (name: RegExp, role: 'button' | 'checkbox' | 'link' | 'textbox'): Promise<void> => {
      for (let step = 0; step < 80; step += 1) {
        await page.keyboard.press('Tab')
        if (await page.getByRole(role, { name }).evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return
      }
      throw new Error(`${String(name)} cannot be reached by Tab`)
    }
    await page.getByRole('button', { name: 'Plan them' }).waitFor()
    await focusOn(/^Plan them$/, 'button')
    await page.keyboard.press('Enter')
    await page.getByRole('checkbox', { name: /of Tom Team/ }).first().waitFor()
    await focusOn(/of Tom Team/, 'checkbox')
    await page.keyboard.press('Space')
    await focusOn(/^Report as done/, 'button')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('ERP team')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /Under way/ }).click()
    await page.getByText('Carried out').first().waitFor()
    expect((await need(served.closed).at.officer.remediation.counts()).byState['verified-gone']).toBe(0)
    await page.context().close()
  })

  it('the officer lets Muster act on approval, with their passphrase, and it is in the log', async () => {
    // Whether or not somebody planned before: again adds nothing.
    await need(served.closed).at.officer.remediation.plan({})
    const { page } = await visit(served.closed, '#/settings/remediation')
    await page.getByLabel(/Act on approval/).check()
    await page.getByLabel('Your passphrase').fill('not it')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/does not open the key/).waitFor()
    await page.getByLabel('Your passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await need(served.closed).at.officer.remediation.actMode()).mode, { timeout: 20_000 }).toBe('approve')
    await goTo(page, '#/remediation/todo')
    await selectFirst(page)
    await page.getByRole('button', { name: 'Remove…' }).last().click()
    await page.getByText(/None of these can be removed through the connection/).waitFor()
    expect(await findings(page)).toEqual([])
    await page.context().close()
  })
})
