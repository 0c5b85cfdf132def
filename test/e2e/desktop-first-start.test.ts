import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeOn } from '../support/axe.ts'
import { goTo, hasBrowser, takePicture } from '../support/browser.ts'
import { makeTestCertificates } from '../support/fake-graph/certificates.ts'
import { startDesktopApp, type DesktopApp } from '../hosts/desktop/desktop-app.ts'

const secret = 'token-nobody-may-read-4711'
const passphrase = 'four calm horses cross 7 rivers'

let folder: string
let workspace: string
let server: Server
let seen: string[]
let env: Record<string, string>
let app: DesktopApp | null = null

const start = async (more: Readonly<Record<string, string>> = {}): Promise<DesktopApp> => {
  app = await startDesktopApp(null, join(folder, 'user-data'), [], { ...env, ...more })
  return app
}

/** The frame around a workspace's screens, whichever it was left on. Its name is no sign of it: the start page shows that too, in the form and in the folder's path. */
const opened = async (page: Page): Promise<void> => page.getByRole('link', { name: 'Today', exact: true }).waitFor({ timeout: 120_000 })

/** Everything that lies in a folder, as one text. */
const everythingIn = async (at: string): Promise<string> => {
  const files = (await readdir(at, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return (await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')))).join('\n')
}

describe.skipIf(!hasBrowser())('the desktop’s first start, under a stand-in for Electron', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-first-'))
    workspace = join(folder, 'ours')
    const certificates = await makeTestCertificates()
    await writeFile(join(folder, 'ca.pem'), certificates.ca)
    seen = []
    server = createServer({ key: certificates.key, cert: certificates.certificate }, (request, response) => {
      seen.push(request.headers.authorization ?? '')
      response.writeHead(200, { 'content-type': 'application/scim+json' })
        .end(JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] }))
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    env = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), MUSTER_WORKSPACE: '' }
  })
  // A test that failed in the middle must not leave its app running: the next one would be its second instance.
  afterEach(async (test) => {
    if (test.task.result?.state === 'fail') await app?.quit()
  })
  afterAll(async () => {
    await app?.quit()
    server.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('offers five ways, makes a workspace only in a folder that was chosen, and goes on into it', async () => {
    const { page, ask } = await start()
    await page.getByRole('heading', { name: 'Welcome to Muster' }).waitFor()
    await takePicture(page, 'start')
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await page.getByRole('button', { name: /Create your own/ }).click()
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await expect.poll(() => page.getByRole('alert').count()).toBeGreaterThanOrEqual(4)
    await takePicture(page, 'start-own')
    expect((await axeOn(page).analyze()).violations).toEqual([])
    const refused = await page.evaluate((into) => (window as unknown as { musterHost: { start: (request: unknown) => Promise<unknown> } }).musterHost
      .start({ kind: 'own', folder: into, organisation: 'O', name: 'N', email: 'n@o.example', passphrase: 'x' }), workspace)
    expect(refused).toMatchObject({ kind: 'failed' })
    await page.getByLabel('Organisation').fill('Harbour Line')
    await page.getByLabel('Your name').fill('Olga Officer')
    await page.getByLabel('Your e-mail address').fill('olga@harbour.example')
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await page.getByText('Strong.').waitFor()
    await page.getByLabel('Passphrase again').fill(passphrase)
    await ask('choose', workspace)
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    await page.getByText(workspace).waitFor()
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await opened(page)
    // Made under the passphrase, kept from now on by the computer's own store: the next start asks nobody.
    expect((await readFile(join(workspace, 'muster.db'))).toString('latin1', 0, 6)).not.toBe('SQLite')
  })

  const addSource = async (name: string): Promise<void> => {
    const { page } = app as DesktopApp
    await goTo(page, '#/sources/add')
    await page.getByRole('button', { name: /^People \(SCIM\)/ }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('SCIM address').fill(`https://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`)
  }

  it('keeps a live source’s secret in the operating system’s store, and can use it after the next start', async () => {
    const { page } = app as DesktopApp
    await addSource('Payroll')
    await page.getByText('Kept by the operating system’s own store').waitFor()
    await page.getByLabel('Bearer token').or(page.getByLabel('API token')).first().fill(secret)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => seen.includes(`Bearer ${secret}`), { timeout: 20_000 }).toBe(true)
    expect(await app?.quit()).toBe(0)
    expect(await everythingIn(folder)).not.toContain(secret)

    seen = []
    const again = await start()
    await opened(again.page)
    await goTo(again.page, '#/sources/of/Payroll')
    await again.page.getByRole('button', { name: /Test/ }).first().click()
    await expect.poll(() => seen.includes(`Bearer ${secret}`), { timeout: 20_000 }).toBe(true)
    expect(await again.quit()).toBe(0)
  })

  it('asks for a passphrase instead where the system’s store protects nothing', async () => {
    workspace = join(folder, 'theirs')
    await rm(join(folder, 'user-data', 'desk.json'), { force: true })
    const { page, ask } = await start({ MUSTER_DOUBLE_KEYRING: 'basic_text' })
    await page.getByRole('button', { name: /Create your own/ }).click()
    for (const [label, value] of [['Organisation', 'Theirs'], ['Your name', 'Tom'], ['Your e-mail address', 'tom@theirs.example'], ['Passphrase again', passphrase]] as const) await page.getByLabel(label).fill(value)
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await ask('choose', workspace)
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    await page.getByText(workspace).waitFor()
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await opened(page)
    await addSource('Payroll')
    await page.getByText('Secrets will lie in a file under a passphrase').waitFor()
    expect(await app?.quit()).toBe(0)
  })

  it('asks for the passphrase of an encrypted workspace that the computer does not open, and prints its recovery kit', async () => {
    expect((await readFile(join(workspace, 'muster.db'))).toString('latin1', 0, 6)).not.toBe('SQLite')
    const { page } = await start({ MUSTER_DOUBLE_KEYRING: 'basic_text' })
    await page.getByRole('heading', { name: 'This workspace is locked' }).waitFor({ timeout: 30_000 })
    await takePicture(page, 'locked')
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await page.getByLabel('Passphrase of this workspace').fill('not this one')
    await page.keyboard.press('Enter')
    await page.getByText('The passphrase does not open this workspace.').waitFor({ timeout: 30_000 })
    await page.getByLabel('Passphrase of this workspace').fill(passphrase)
    await page.keyboard.press('Enter')
    await opened(page)

    await goTo(page, '#/settings/protection')
    await page.getByText('There is no recovery kit.').waitFor()
    await takePicture(page, 'protection')
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await page.getByRole('button', { name: 'Print a recovery kit' }).click()
    await page.getByLabel('Present passphrase').fill('not this one')
    await page.keyboard.press('Enter')
    await page.getByText('The passphrase does not open this workspace.').waitFor()
    await page.getByLabel('Present passphrase').fill(passphrase)
    await page.keyboard.press('Enter')
    const groups = page.getByRole('list', { name: 'Recovery code' }).getByRole('listitem')
    await expect.poll(() => groups.count(), { timeout: 30_000 }).toBe(13)
    const code = (await groups.allTextContents()).join('-')
    await takePicture(page, 'kit')
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await page.getByRole('button', { name: 'I have it on paper' }).click()
    await page.getByText(/^made /).waitFor()
    expect(await app?.quit()).toBe(0)
    expect(await everythingIn(folder)).not.toContain(code)

    const again = await start({ MUSTER_DOUBLE_KEYRING: 'basic_text' })
    await again.page.getByLabel('Passphrase of this workspace').fill(code.toLowerCase())
    await again.page.keyboard.press('Enter')
    await opened(again.page)
    expect(await again.quit()).toBe(0)
  })

  it('shows why the workspace of the last time cannot be opened, and takes a backup back into its place', async () => {
    await app?.quit()
    workspace = join(folder, 'ours')
    await rm(join(folder, 'user-data', 'desk.json'), { force: true })
    const first = await start()
    await first.ask('choose', workspace)
    await first.page.getByRole('button', { name: /^Open a workspace/ }).click()
    await opened(first.page)
    await goTo(first.page, '#/settings/keys')
    await first.page.getByText('Or choose Start Page in the menu File').waitFor()
    const backup = join(folder, 'before.muster-backup')
    await first.page.getByLabel('File of the backup').fill(backup)
    await first.page.getByRole('button', { name: 'Make a backup' }).click()
    await first.page.getByText(`muster restore ${backup} --workspace ${workspace}`).waitFor({ timeout: 30_000 })
    await first.ask('menu-click', 'File > Start Page: New, Restore…')
    expect(await first.exited).toBe(0)
    await truncate(join(workspace, 'muster.db'), 50_000)

    const { page, ask } = await start()
    await page.getByRole('alert').getByText('The workspace of the last time could not be opened').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: /^Restore a backup/ }).click()
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    expect(await page.getByText('This is needed.').count()).toBe(4)
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await ask('choose', backup)
    await page.getByRole('button', { name: 'Choose the backup' }).click()
    await page.getByText(backup).waitFor()
    await ask('choose', workspace)
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    await page.getByText(workspace, { exact: true }).waitFor()
    await page.getByLabel('Why it is restored').fill('The disk failed')
    await takePicture(page, 'restore')
    await page.getByLabel('Your passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await opened(page)
    await goTo(page, '#/settings/keys')
    await page.getByRole('cell', { name: 'Backup restored' }).waitFor()
    expect(await app?.quit()).toBe(0)
  }, 300_000)

  it('begins without a root where the organisation’s own authority is asked, and Today leads to the request', async () => {
    await app?.quit()
    workspace = join(folder, 'asking')
    await rm(join(folder, 'user-data', 'desk.json'), { force: true })
    const { page, ask } = await start()
    await page.getByRole('button', { name: /Create your own/ }).click()
    for (const [label, value] of [['Organisation', 'Asking'], ['Your name', 'Tom'], ['Your e-mail address', 'tom@asking.example'], ['Passphrase again', passphrase]] as const) await page.getByLabel(label, { exact: true }).fill(value)
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await ask('choose', workspace)
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    await page.getByText(workspace).waitFor()
    await page.getByText('Organisation root: made here').click()
    await page.getByRole('radio', { name: /^Bring one, with its key/ }).check()
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await page.getByText('Look into the root’s file and compare its fingerprint').waitFor()
    const rubbish = join(folder, 'rubbish.pem')
    await writeFile(rubbish, '-----BEGIN nothing of use')
    await ask('choose', rubbish)
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await page.getByRole('button', { name: 'Look into the file' }).click()
    await page.getByText('The file holds no private key. Nothing was changed.').waitFor({ timeout: 60_000 })
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await takePicture(page, 'start-root')
    await page.getByRole('radio', { name: /^Request a certificate/ }).check()
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await opened(page)
    await page.getByText('Nobody can sign here yet', { exact: true }).waitFor()
    await takePicture(page, 'today-awaiting')
    await page.getByRole('link', { name: /^Open requests/ }).click()
    await page.getByText('No root yet: nobody can sign here').waitFor()
    await page.getByRole('button', { name: 'Save request tom@asking.example' }).waitFor()
    expect((await axeOn(page).analyze()).violations).toEqual([])
    await takePicture(page, 'keys-awaiting')
    expect(await app?.quit()).toBe(0)
    app = null
  })
})
