import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorLogIn } from '../../src/main/hosts/error-log.ts'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'
import { findings } from '../support/axe.ts'
import { goTo, hasBrowser, inThemes, openBrowser, takePicture } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { openOpensslAuthority, type OpensslAuthority } from '../support/openssl-authority.ts'
import { ada, buildWorkspace, mia, olga, openWorkspace, passphrase, type TestWorkspace } from '../support/workspace-builder.ts'
import { runWitness } from '../support/witness-tools.ts'

const auditor = 'ingrid.auditor@example.com'
const hasOpenssl = runWitness('openssl', ['version']).status === 0

/** The real engine behind the real web host: what is done here is in the keys folder and in the log. */
describe.runIf(hasBrowser())('the keys in the settings', () => {
  let folder: string
  let workspace: TestWorkspace
  let host: Awaited<ReturnType<typeof startWebHost>>
  let screens: Awaited<ReturnType<typeof buildScreens>>
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-keys-e2e-'))
    await (await buildWorkspace(join(folder, 'w'), { enrolled: [mia] })).close()
    workspace = await openWorkspace(join(folder, 'w'), { threads: false, host: 'web' })
    await workspace.officer.workspace.enrol({ email: auditor, name: 'Ingrid Auditor', roles: ['auditor'], passphrase, officerPassphrase: passphrase })
    screens = await buildScreens()
    browser = await openBrowser()
    host = await startWebHost({
      router: workspace.app.router, people: await workspace.app.people(), renderer: screens.folder, incoming: workspace.app.incoming, log: errorLogIn(folder), port: 0,
    })
    page = await open(olga)
  })
  afterAll(async () => {
    await browser.close()
    await host.close()
    await workspace.close()
    await screens.remove()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(email: string, theme: 'light' | 'dark' = 'light', width = 1280, locale = 'en-GB'): Promise<Page> {
    const opened = await (await browser.newContext({ viewport: { width, height: width === 1280 ? 800 : 1080 }, colorScheme: theme, locale, acceptDownloads: true })).newPage()
    await opened.goto(host.links.find(({ person }) => person.email === email)?.url ?? '')
    await opened.getByRole('heading', { level: 1 }).waitFor()
    await goTo(opened, '#/settings/keys')
    await opened.getByRole('heading', { level: 2, name: locale === 'de-DE' ? 'Schlüssel und Personen' : 'Keys and people' }).waitFor()
    return opened
  }

  const rowOf = (email: string) => page.getByRole('group', { name: 'People' }).getByRole('row').filter({ hasText: email })
  const custody = async (): Promise<readonly string[]> => (await workspace.officer.keys.show()).custody.map(({ kind, person }) => `${kind} ${person ?? ''}`.trim())

  it('enrols, replaces and takes away by keyboard alone; a wrong passphrase changes nothing and says so', async () => {
    await page.getByRole('button', { name: 'Enrol somebody…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail, as the directory writes it').waitFor()
    await page.keyboard.press('Tab')
    for (const text of [ada, 'Ada Above']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('ada chose this')
    await page.keyboard.press('Tab')
    await page.keyboard.type('not the root')
    await page.keyboard.press('Enter')
    await dialog.getByText('does not open the organisation\'s root key. Nobody was enrolled.').waitFor()
    await dialog.getByLabel('Passphrase of the organisation’s root').fill(passphrase)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await rowOf(ada).waitFor()

    const replace = page.getByRole('button', { name: `Replace key… ${ada}` })
    await replace.press('Enter')
    await dialog.getByLabel('Why, in your own words').fill('Her notebook was stolen')
    await dialog.getByLabel('What became of the former key').selectOption('compromised')
    await dialog.getByLabel(`New passphrase of ${ada}`).fill('another of hers')
    await dialog.getByLabel('Passphrase of the organisation’s root').fill(passphrase)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Her notebook was stolen').waitFor()
    await page.getByRole('cell', { name: 'Somebody else may have it' }).waitFor()

    await page.getByRole('button', { name: `Take key away… ${mia}` }).press('Enter')
    await dialog.getByLabel('Why, in your own words').fill('Left in March')
    await dialog.getByLabel('Passphrase of the organisation’s root').fill(passphrase)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await rowOf(mia).getByText('None: cannot sign').waitFor()
    expect((await custody()).filter((line) => !line.startsWith('revocation')).slice(0, 3)).toEqual([`key-revoked ${mia}`, `key-replaced ${ada}`, `person-enrolled ${ada}`])
    expect(await page.getByRole('button', { name: `Take key away… ${olga}` }).count()).toBe(0)
  })

  it('changes passphrases, signs the head, makes a backup and tells why it cannot make another over it', async () => {
    await page.getByRole('button', { name: 'Change my passphrase…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Current passphrase').fill(passphrase)
    await dialog.getByLabel('New passphrase').fill('short')
    await page.keyboard.press('Enter')
    await dialog.getByText('needs at least 8 characters').waitFor()
    await dialog.getByLabel('New passphrase').fill('olga keeps this')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(/events recorded, \d+ of them under a signed head/).waitFor()
    await page.getByRole('button', { name: 'Sign the head now…' }).click()
    await dialog.getByLabel('Your passphrase').fill('olga keeps this')
    await page.keyboard.press('Enter')
    await page.getByText('Everything recorded is under a signed head.').waitFor()
    const file = join(folder, 'copy.muster-backup')
    for (const words of ['The backup was made and read again:', 'already']) {
      await page.getByLabel('File of the backup').fill(file)
      await page.getByRole('button', { name: 'Make a backup' }).click()
      await page.getByText(words).first().waitFor({ timeout: 60_000 })
    }
    expect(await custody()).toContain('backup-made')
  })

  it('a head that does not extend what was signed is refused with the reason and what to do', async () => {
    const path = join(workspace.folder, 'checkpoints.log')
    const before = await readFile(path, 'utf8')
    const [last = ''] = before.trimEnd().split('\n').slice(-1)
    const [origin = '', , root = ''] = (JSON.parse(last) as string).split('\n')
    await writeFile(path, `${before}${JSON.stringify(`${origin}\n99999\n${root}\n`)}\n`)
    await page.getByRole('button', { name: 'Sign the head now…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your passphrase').fill('olga keeps this')
    await page.keyboard.press('Enter')
    await dialog.getByText(/99999/).waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await writeFile(path, before)
  })

  it.runIf(hasOpenssl)('takes certificates of the organisation\'s own authority: the request is saved, the answer checked, its root compared before it counts', async () => {
    const authority: OpensslAuthority = await openOpensslAuthority(join(folder, 'authority'), 'ec')
    await page.getByRole('button', { name: 'Use your own authority…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(`New passphrase of ${olga}`).fill('for the new key')
    const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    const request = await readFile(await saved.path(), 'utf8')
    const [wrong, answer] = [join(folder, 'wrong.pem'), join(folder, 'answer.pem')]
    await writeFile(wrong, 'nothing of use')
    await page.getByRole('button', { name: `Take certificate in… ${olga}` }).click()
    await dialog.getByLabel('File').setInputFiles(wrong)
    await dialog.getByRole('button', { name: 'Check the file' }).click()
    await dialog.getByText('The file holds no certificate. Nothing was changed.').waitFor()
    await writeFile(answer, await authority.certify(request))
    await dialog.getByLabel('File').setInputFiles(answer)
    await dialog.getByRole('button', { name: 'Check the file' }).click()
    await dialog.getByText(authority.rootFingerprint.match(/.{4}/g)?.join(' ') ?? '').waitFor()
    expect(await findings(page)).toEqual([])
    await dialog.getByLabel('Why, in your own words').fill('The group’s PKI from now on')
    await dialog.getByLabel('Passphrase given with the request').fill('for the new key')
    expect(await dialog.getByRole('button', { name: 'Take in' }).isDisabled()).toBe(true)
    await dialog.getByLabel(/I compared this fingerprint/).check()
    await dialog.getByRole('button', { name: 'Take in' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Its key never was here.').waitFor()
    await rowOf(ada).getByText('Of a former root').waitFor()
    await rowOf(olga).getByText('Can sign').waitFor()
    expect((await custody()).slice(0, 3)).toEqual([`certificate-imported ${olga}`, 'root-adopted', `certificate-requested ${olga}`])
  })

  it('shows an auditor everything and no button that would be refused; a reviewer only their own passphrase', async () => {
    const forAuditor = await open(auditor)
    await forAuditor.getByText('Root replaced').waitFor()
    const buttons = await forAuditor.locator('.settings-content button').allTextContents()
    expect(buttons.filter((words) => !/^Copy|Save list|Change my passphrase/.test(words))).toEqual([])
    const forReviewer = await open(mia)
    await forReviewer.getByText('You have no signing key here.').waitFor()
    expect(await forReviewer.getByText('Custody log').count()).toBe(0)
  })

  const scenes = [{ width: 1280, locale: 'en-GB' }, { width: 1920, locale: 'de-DE' }]
  for (const { theme, width, locale } of inThemes(scenes)) {
    it(`breaks no rule of accessibility, and nothing sticks out: ${theme}, ${width}, ${locale}`, async () => {
      const scene = await open(olga, theme, width, locale)
      await scene.getByRole('table').first().waitFor()
      expect(await findings(scene)).toEqual([])
      expect(await scene.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
      await takePicture(scene, `keys-${theme}-${width}`)
      await scene.locator('#keys-custody').scrollIntoViewIfNeeded()
      await takePicture(scene, `keys-${theme}-${width}-down`)
    })
  }
})
