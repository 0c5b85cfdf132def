import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type * as AssembleReport from '../../src/main/use-cases/assemble-report.ts'
import { errorLogIn } from '../../src/main/hosts/error-log.ts'
import { startWebHost, type WebHost } from '../../src/main/hosts/web/web-host.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, openBrowser, openPage, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { gate } from '../support/live-tenants.ts'
import { buildWorkspace, launch, openWorkspace, passphrase, specOf, type TestWorkspace } from '../support/workspace-builder.ts'

// A seal stands still in the middle for as long as a test wants it to.
const { middle } = vi.hoisted(() => ({ middle: { wait: (): Promise<void> => Promise.resolve() } }))
vi.mock('../../src/main/use-cases/assemble-report.ts', async (original) => {
  const real = await original<typeof AssembleReport>()
  return { ...real, replayCampaign: async (...given: Parameters<typeof AssembleReport.replayCampaign>) => { await middle.wait(); return real.replayCampaign(...given) } }
})

describe.runIf(hasBrowser())('long work the engine keeps', () => {
  let folder: string
  let workspace: TestWorkspace
  let host: WebHost
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let browser: Browser
  let page: Page
  let campaign: number
  const way = gate()
  middle.wait = () => way.pass(null)

  const serve = async (): Promise<void> => {
    workspace = await openWorkspace(join(folder, 'w'), { host: 'web' })
    host = await startWebHost({
      router: workspace.app.router, people: await workspace.app.people(), renderer: screens.folder, incoming: workspace.app.incoming, log: errorLogIn(folder), port: 0,
    })
  }
  const newPage = async (hash: string): Promise<void> => {
    const officer = (await workspace.app.officer()).email
    ;({ page } = await openPage(browser, host.links.find(({ person }) => person.email === officer)?.url ?? ''))
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await goTo(page, hash)
  }
  const strip = () => page.getByRole('region', { name: 'What Muster is working on' })
  const bundles = async (): Promise<readonly string[]> => readdir(join(folder, 'w', 'bundles'))
  const sealFromItsPage = async (isAgain: boolean): Promise<void> => {
    await goTo(page, `#/campaigns/${campaign}`)
    await page.getByRole('button', { name: isAgain ? 'Seal again' : 'Seal the evidence' }).click()
    const dialog = page.getByRole('dialog')
    if (isAgain) await dialog.getByLabel('Why a new version').fill('Muster was ended in the middle')
    await dialog.getByLabel('Your passphrase').fill(passphrase)
    way.close()
    await page.keyboard.press('Enter')
    await dialog.getByRole('progressbar', { name: 'Sealing' }).waitFor()
    expect(await strip().count()).toBe(0)
    await dialog.locator('.dialog-foot').getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-kept-work-e2e-'))
    await (await buildWorkspace(join(folder, 'w'))).close()
    screens = await buildScreens()
    browser = await openBrowser()
    await serve()
    campaign = await launch(workspace.officer, specOf('Quarter'))
    await workspace.officer.campaigns.close({ campaign })
    await workspace.officer.work.dismiss({ name: `launch:${campaign}` })
    await newPage('#/campaigns')
  })
  afterAll(async () => {
    way.open()
    await browser.close()
    await host.close(0)
    await workspace.close()
    await screens.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('a seal goes on when its window is closed; another one sees it, stops it by keyboard, and nothing half is kept', async () => {
    await sealFromItsPage(false)
    await strip().getByRole('progressbar', { name: 'Sealing “Quarter”' }).waitFor()
    await page.context().close()
    await newPage('#/evidence')
    await strip().getByRole('progressbar', { name: 'Sealing “Quarter”' }).waitFor()
    expect(await findings(page)).toEqual([])
    await takePicture(page, 'work-going')
    await strip().getByRole('button', { name: 'Stop: Sealing “Quarter”' }).press('Enter')
    await strip().getByText('Stopping…').waitFor()
    way.open()
    await strip().getByText('Sealing “Quarter” was stopped; nothing half-done was kept.').waitFor()
    expect(await bundles()).toEqual([])
    expect((await workspace.officer.campaigns.status({ campaign })).campaign.state).toBe('closed')
    await strip().getByRole('button', { name: /^Dismiss: Sealing/ }).press('Enter')
    await strip().waitFor({ state: 'detached' })
  })

  it('its end is told wherever one is, found again after a reload, and leads to the bundle', async () => {
    await sealFromItsPage(false)
    await goTo(page, '#/today')
    await strip().getByRole('progressbar', { name: 'Sealing “Quarter”' }).waitFor()
    way.open()
    const told = /^“Quarter” is sealed: version 1, \d+ pages\.$/
    await strip().getByText(told).waitFor()
    await expect.poll(() => page.getByTestId('announcer').innerText()).toMatch(told)
    await page.reload()
    await strip().getByText(told).waitFor()
    await takePicture(page, 'work-ended')
    await strip().getByRole('link', { name: 'To the evidence' }).click()
    await page.getByRole('heading', { level: 3, name: 'Quarter' }).waitFor()
    await strip().waitFor({ state: 'detached' })
    expect(await bundles()).toHaveLength(1)
  })

  it('an engine that is ended in the middle is told by the next one, once, and nothing half is kept', async () => {
    await sealFromItsPage(true)
    const closing = workspace.close()
    way.open()
    await closing
    await host.close(0)
    await page.context().close()
    await serve()
    await newPage('#/today')
    await strip().getByText('Muster was ended while it sealed “Quarter”. Nothing half-written was kept; seal it again.').waitFor()
    expect(await findings(page)).toEqual([])
    expect(await bundles()).toHaveLength(1)
    expect((await workspace.officer.evidence.checkLog()).isValid).toBe(true)
    await strip().getByRole('button', { name: /^Dismiss: Muster was ended/ }).click()
    await strip().waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await workspace.officer.work.list()).toEqual([])
  })
})
