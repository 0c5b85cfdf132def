// `node test/hosts/desktop/real-electron.ts`: the built app in real Electron, where its program is there: a workspace is opened, its screens are
// walked, the page has no Node, and the workspace is free afterwards. Ends with 1 and a picture where something is not as it should be.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { launchedCompany, manager } from '../small-company.ts'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))

const walk = async (app: ElectronApplication, page: Page): Promise<void> => {
  await page.getByRole('navigation').first().waitFor()
  await page.getByRole('link', { name: 'Review' }).first().click()
  await page.getByText('Otto Weiss').first().waitFor()
  const seen = await page.evaluate(() => ({ require: typeof (window as { require?: unknown }).require, process: typeof (window as { process?: unknown }).process, origin: window.origin }))
  assert.deepEqual(seen, { require: 'undefined', process: 'undefined', origin: 'app://muster' })
  await page.evaluate(() => { window.location.href = 'https://elsewhere.example/' })
  await page.evaluate(() => window.open('https://elsewhere.example/popup'))
  assert.ok(page.url().startsWith('app://muster/'))
  assert.equal(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1)
  const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
  assert.ok(labels?.includes('View'), `the menu has ${labels?.join(', ') ?? 'nothing'}`)
}

const folder = await mkdtemp(join(tmpdir(), 'muster-electron-'))
const company = await launchedCompany(folder)
const app = await _electron.launch({ args: [checkout, '--workspace', company.workspace, '--as', manager.email, `--user-data-dir=${join(folder, 'user-data')}`, '--lang=en-GB'] })
const page = await app.firstWindow()
try {
  await walk(app, page)
} catch (error) {
  await mkdir('test-results', { recursive: true })
  await page.screenshot({ path: join('test-results', 'real-electron.png') }).catch(() => {})
  throw error
} finally {
  await app.close()
}
const checked = await company.muster(['log', 'check', '--json'])
assert.equal(checked.exit, 0, checked.err)
await rm(folder, { recursive: true, force: true })
process.stdout.write('Real Electron: the window, its bridge, its walls and its engine are as they should be.\n')
