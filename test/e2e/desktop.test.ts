import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goTo, hasBrowser } from '../support/browser.ts'
import { launchedCompany, manager, officer, type SmallCompany } from '../hosts/small-company.ts'
import { runToEnd, startDesktopApp, type DesktopApp } from '../hosts/desktop/desktop-app.ts'

/** The first start types it in; here the workspace is opened as on a machine without a key store of its own. */
const opensWith = { MUSTER_WORKSPACE_PASSPHRASE: officer.passphrase }

let folder: string
let company: SmallCompany
let app: DesktopApp

const openReview = async (): Promise<void> => {
  await app.page.getByRole('link', { name: /review/i }).first().click()
  await expect.poll(() => app.page.getByText('Otto Weiss').first().isVisible(), { timeout: 20_000 }).toBe(true)
}

describe.skipIf(!hasBrowser())('the built desktop app, under a stand-in for Electron', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-desktop-'))
    company = await launchedCompany(folder)
    app = await startDesktopApp(company.workspace, join(folder, 'user-data'), ['--as', manager.email], opensWith)
  })
  afterAll(async () => {
    await app.quit()
    await rm(folder, { recursive: true, force: true })
  })

  it('shows the review screen of the workspace, through preload, port and engine', async () => {
    await app.page.waitForLoadState('domcontentloaded')
    await openReview()
  })

  it('gives the page nothing but the fact that it is on the desktop, and where a file lies that a person chose', async () => {
    const seen = await app.page.evaluate(() => ({ host: Object.entries({ ...(window as { musterHost?: object }).musterHost }).map(([name, value]) => (typeof value === 'function' ? name : `${name}: ${value as string}`)), require: typeof (window as { require?: unknown }).require, process: typeof (window as { process?: unknown }).process }))
    expect(seen).toEqual({ host: ['kind: desktop', 'pathOf', 'tell', 'onWish', 'start'], require: 'undefined', process: 'undefined' })
    const { options, isSandboxed } = (await app.ask('windows')) as { options: { webPreferences: object }[]; isSandboxed: boolean }
    expect(isSandboxed).toBe(true)
    expect(options).toHaveLength(1)
    expect(options[0]?.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false })
  })

  it('reads a chosen file from where it lies, and cannot name a file nobody chose', async () => {
    const paths = await app.page.evaluate(() => {
      Object.assign(window, { __doublePaths: { 'people.csv': '/somewhere/people.csv' } })
      const { pathOf } = (window as unknown as { musterHost: { pathOf: (file: File) => string } }).musterHost
      return [pathOf(new File(['x'], 'people.csv')), pathOf(new File(['x'], 'made-up.csv'))]
    })
    expect(paths).toEqual(['/somewhere/people.csv', ''])
  })

  it('does not leave its own page, open windows, or run what came from elsewhere', async () => {
    const address = app.page.url()
    await app.page.evaluate(() => { window.location.href = 'https://elsewhere.example/' })
    await app.page.evaluate(() => { window.open('https://elsewhere.example/popup') })
    await expect.poll(async () => ((await app.ask('windows')) as { denied: string[] }).denied.length).toBe(1)
    expect(app.page.url()).toBe(address)
    expect(await app.ask('request', 'https://elsewhere.example/x.js')).toBe(false)
    expect(await app.ask('request', 'app://muster.evil/x.js')).toBe(false)
    expect(await app.ask('request', 'app://muster/index.html')).toBe(true)
    const inline = await app.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.wasRun = true'
      document.body.append(script)
      return (window as { wasRun?: boolean }).wasRun ?? false
    })
    expect(inline).toBe(false)
  })

  it('grants no permission', async () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid']) expect(await app.ask('permission', permission)).toBe(false)
    expect(await app.ask('permission-check')).toBe(false)
  })

  it('starts the engine anew when it is killed, and the screen goes on', async () => {
    const [before] = (await app.ask('engine-pids')) as number[]
    // Signal 0 would go to every process of this run.
    if (before === undefined) throw new Error('there is no engine to kill')
    process.kill(before, 'SIGKILL')
    await expect.poll(async () => ((await app.ask('engine-pids')) as number[])[0] ?? before, { timeout: 20_000 }).not.toBe(before)
    // Without loading the page again: its calls move over to the new port.
    await app.page.getByRole('link', { name: /today/i }).first().click()
    await openReview()
    await app.page.reload()
    await openReview()
    expect(app.told).toEqual([])
  })

  it('lets a second start bring the first window forward instead of opening the workspace twice', async () => {
    expect(await runToEnd(company.workspace, join(folder, 'user-data'), [], opensWith)).toEqual({ code: 0, told: [] })
    await expect.poll(async () => ((await app.ask('windows')) as { focused: number }).focused).toBe(1)
  })

  it('shows a menu that leads around, in the language of the page', async () => {
    expect(((await app.ask('menu')) as { label: string }[]).map(({ label }) => label).slice(-5)).toEqual(['File', 'Edit', 'View', 'Go', 'Window'])
    await app.ask('menu-click', 'Go > Today')
    await expect.poll(() => app.page.evaluate(() => window.location.hash)).toBe('#/today')
    await app.ask('menu-click', 'View > Find Anything…')
    await app.page.getByRole('combobox').waitFor()
    await app.page.keyboard.press('Escape')
    await app.page.evaluate(() => (window as unknown as { musterHost: { tell: (note: unknown) => void } }).musterHost.tell({ kind: 'look', language: 'de', theme: 'dark' }))
    await expect.poll(async () => ((await app.ask('menu')) as { label: string }[]).map(({ label }) => label)).toContain('Ansicht')
    await app.page.evaluate(() => (window as unknown as { musterHost: { tell: (note: unknown) => void } }).musterHost.tell({ kind: 'look', language: 'en', theme: 'dark' }))
    await expect.poll(async () => ((await app.ask('menu')) as { label: string }[]).map(({ label }) => label)).toContain('View')
  })

  it('opens a bundle’s verification for a file that is opened, also by a second start', async () => {
    await app.ask('open-file', '/somewhere/Q3.muster')
    await expect.poll(() => app.page.evaluate(() => decodeURIComponent(window.location.hash))).toBe('#/evidence/verify//somewhere/Q3.muster')
    expect(await runToEnd(company.workspace, join(folder, 'user-data'), ['/elsewhere/Q4.muster'], opensWith)).toEqual({ code: 0, told: [] })
    await expect.poll(() => app.page.evaluate(() => decodeURIComponent(window.location.hash)), { timeout: 10_000 }).toBe('#/evidence/verify//elsewhere/Q4.muster')
  })

  it('tells of long work that ended only when the window is not in front', async () => {
    const tell = (): Promise<void> => app.page.evaluate(() =>
      (window as unknown as { musterHost: { tell: (note: unknown) => void } }).musterHost.tell({ kind: 'work-ended', title: 'Reading ended', text: 'ERP was read.' }))
    await tell()
    // The note goes another way than the question: it must have been heard while the window was in front.
    await expect.poll(() => app.ask('notes')).toContain('work-ended')
    await app.ask('front', 'no')
    await tell()
    await expect.poll(() => app.ask('notices'), { timeout: 10_000 }).toEqual([{ title: 'Reading ended', body: 'ERP was read.' }])
    await app.ask('front', 'yes')
  })

  it('says in a sentence why a workspace cannot be opened, and ends', async () => {
    const nothing = await runToEnd(join(folder, 'nowhere'), join(folder, 'other-user-data'))
    expect(nothing.code).toBe(1)
    expect(nothing.told[0]).toContain('not a Muster workspace')
    const twice = await runToEnd(company.workspace, join(folder, 'third-user-data'), [], opensWith)
    expect(twice.code).toBe(1)
    expect(twice.told).toHaveLength(1)
  })

  it('opens again where it stood: screen, place and size', async () => {
    await app.ask('place', JSON.stringify({ x: 40, y: 60, width: 1_333, height: 777 }))
    await goTo(app.page, '#/settings/appearance')
    await app.page.getByRole('heading', { name: 'Appearance' }).waitFor()
    expect(await app.quit()).toBe(0)
    app = await startDesktopApp(company.workspace, join(folder, 'user-data'), ['--as', manager.email], opensWith)
    await app.page.getByRole('heading', { name: 'Appearance' }).waitFor()
    const { options } = (await app.ask('windows')) as { options: object[] }
    expect(options[0]).toMatchObject({ x: 40, y: 60, width: 1_333, height: 777 })
  })

  it('releases the workspace when it is closed', async () => {
    expect(await app.quit()).toBe(0)
    expect((await company.muster(['log', 'check', '--json'])).json()).toMatchObject({ isValid: true })
  })
})
