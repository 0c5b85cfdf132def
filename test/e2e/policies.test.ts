import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sodRule } from '../../src/shared/model/sod-rule.ts'
import { findings } from '../support/axe.ts'
import { hasBrowser, inThemes, openBrowser, openOn } from '../support/browser.ts'
import { buildScreens } from '../support/built-screens.ts'
import { startFakeHost } from '../support/fake-host.ts'
import { buildWorkspace, copyWorkspace, mia, openWorkspace, type TestWorkspace } from '../support/workspace-builder.ts'

let place: string
let copies = 0
let browser: Browser
let screens: Awaited<ReturnType<typeof buildScreens>>
let filled: Served
let empty: Served

/** Mia and Tom may post and release; Mia holds the administration that makes up for it. */
const rule = sodRule.parse({
  id: 'post-and-pay', name: 'Post and release', severity: 'critical', description: 'One person could invent and pay an invoice.', left: ['erp-post'], right: { tags: ['approve-payment'] },
  compensating: ['erp-admin'],
})

interface Served { readonly at: TestWorkspace; readonly url: string; readonly close: () => Promise<void> }

/** A workspace of its own behind the built screens, with the officer acting. */
const serve = async (hasRules: boolean): Promise<Served> => {
  const at = await openWorkspace(await copyWorkspace(join(place, 'workspace'), join(place, `copy-${copies++}`)))
  if (hasRules) {
    const { officer } = at
    const pay = (await officer.inventory.search({ text: 'erp-pay' })).entitlements.map((one) => one.id)
    await officer.policies.setTag({ tag: 'approve-payment', entitlements: pay, isAssigned: true })
    await officer.policies.setSodRules({ rules: [rule] })
    const [miaFound] = (await officer.inventory.search({ text: mia })).identities
    if (miaFound !== undefined) await officer.policies.grantExemption({ ruleId: rule.id, identityId: miaFound.id, owner: 'CFO', reason: 'Small office', until: '2026-06-30' })
    await officer.policies.protect({ kind: 'account', source: 'ERP', nativeId: 'svc-batch', basis: 'break-glass', reason: 'Last way in' })
  }
  const host = await startFakeHost(at.app, screens.folder, { actor: await at.app.officer() })
  return { at, url: host.url, close: async () => { await host.close(); await at.close() } }
}

const visit = (served: Served, hash: string, theme: 'light' | 'dark' = 'light') => openOn(browser, served.url, hash, { theme })

const scenes: readonly { readonly name: string; readonly hash: string; readonly hasRules?: boolean; readonly part?: string; readonly act: (page: Page) => Promise<unknown> }[] = [
  { name: 'no rules yet', hash: '#/policies', hasRules: false, act: (page) => page.getByRole('heading', { name: 'No rules yet' }).waitFor() },
  { name: 'rules, none open', hash: '#/policies', act: (page) => page.getByRole('heading', { name: 'Choose a rule' }).waitFor() },
  { name: 'a rule with whom it catches', hash: '#/policies/rules/post-and-pay', act: (page) => page.getByRole('cell', { name: /Tom Team/ }).first().waitFor() },
  {
    name: 'a search in a side', part: '.finder-results', hash: '#/policies/rules/post-and-pay', act: async (page) => {
      await page.getByRole('combobox', { name: /must not meet/ }).fill('pay')
      await page.getByRole('option').first().waitFor()
    },
  },
  { name: 'a new rule', hash: '#/policies/rules/new', act: (page) => page.getByLabel('Short id').waitFor() },
  {
    name: 'the library', hash: '#/policies/rules', act: async (page) => {
      await page.getByRole('button', { name: 'From the library' }).click()
      await page.getByRole('dialog').getByText('Create suppliers and pay them').waitFor()
    },
  },
  {
    name: 'an exemption being given', hash: '#/policies/rules/post-and-pay', act: async (page) => {
      await page.getByRole('button', { name: 'Exempt Tom Team' }).click()
      await page.getByLabel('Who answers for the risk').waitFor()
    },
  },
  { name: 'exemptions', hash: '#/policies/exemptions', act: (page) => page.getByRole('cell', { name: /CFO/ }).first().waitFor() },
  { name: 'no exemptions', hash: '#/policies/exemptions', hasRules: false, act: (page) => page.getByRole('heading', { name: 'No conflict is exempt' }).waitFor() },
  { name: 'what if, nobody chosen', hash: '#/policies/what-if', act: (page) => page.getByRole('heading', { name: 'Choose a person' }).waitFor() },
  { name: 'tags', hash: '#/policies/tags', act: (page) => page.getByRole('heading', { name: 'Choose a tag' }).waitFor() },
  { name: 'a tag', hash: '#/policies/tags/approve-payment', act: (page) => page.getByRole('button', { name: /Take off/ }).waitFor() },
  { name: 'protected objects', hash: '#/policies/protected', act: (page) => page.getByRole('cell', { name: /svc-batch/ }).first().waitFor() },
  {
    name: 'something being protected', part: '.finder-results', hash: '#/policies/protected', act: async (page) => {
      await page.getByRole('button', { name: 'Protect something' }).click()
      await page.getByRole('combobox', { name: 'What', exact: true }).fill('mia')
      await page.getByRole('option').first().waitFor()
    },
  },
]

describe.skipIf(!hasBrowser())('policies', () => {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-test-'))
    await (await buildWorkspace(join(place, 'workspace'))).close()
    screens = await buildScreens()
    browser = await openBrowser()
    filled = await serve(true)
    empty = await serve(false)
  })
  afterAll(async () => {
    await browser.close()
    await filled.close()
    await empty.close()
    await screens.remove()
    await rm(place, { recursive: true, force: true })
  })

  it.each(inThemes(scenes))('axe finds nothing: $name, $theme', async ({ hash, hasRules, part, act, theme }) => {
    const { page } = await visit(hasRules === false ? empty : filled, hash, theme)
    try {
      await act(page)
      expect(await findings(page, part)).toEqual([])
    } finally {
      await page.context().close()
    }
  })

  it('a rule is written, tried out, undone and saved with the keyboard alone', async () => {
    const served = await serve(false)
    const { at } = served
    const { page } = await visit(served, '#/policies/rules/new')
    try {
      await page.getByLabel('Name', { exact: true }).waitFor()
      await page.keyboard.type('Post & pay')
      await expect.poll(() => page.getByLabel('Short id').inputValue()).toBe('post-pay')
      const add = async (side: RegExp, text: string): Promise<void> => {
        const box = page.getByRole('combobox', { name: side })
        await box.focus()
        await page.keyboard.type(text)
        await page.getByRole('option', { name: new RegExp(text, 'i') }).first().waitFor()
        // The search that stands still replaces the one made while typing; a choice is made among what it found.
        await expect.poll(async () => {
          await page.keyboard.press('ArrowDown')
          const chosen = await box.getAttribute('aria-activedescendant')
          return chosen === null ? '' : await page.locator(`[id="${chosen}"]`).innerText().catch(() => '')
        }, { timeout: 10_000, interval: 400 }).toContain(text)
        await page.keyboard.press('Enter')
        await expect.poll(() => page.getByRole('combobox', { name: side }).inputValue(), { timeout: 10_000 }).toBe('')
      }
      await add(/“Any of these”/, 'Post invoices')
      await add(/must not meet/, 'Release payments')
      await page.getByRole('cell', { name: /Tom Team/ }).first().waitFor()
      await page.getByRole('region', { name: 'Whom it would catch' }).getByText('2 open').waitFor()
      expect(await at.officer.policies.sodRules()).toEqual([])

      await page.getByRole('button', { name: /Undo/ }).focus()
      await page.keyboard.press('Enter')
      await page.getByText('Name at least one right or tag on each side').waitFor()
      await add(/must not meet/, 'Release payments')
      await page.getByRole('cell', { name: /Tom Team/ }).first().waitFor()
      await page.keyboard.press('Control+s')
      await page.getByRole('region', { name: 'Whom it catches' }).waitFor()
      expect((await at.officer.policies.sodRules()).map((one) => one.id)).toEqual(['post-pay'])
    } finally {
      await page.context().close()
      await served.close()
    }
  })

  it('unsaved changes survive a look elsewhere, and discarding brings back what is in force', async () => {
    const { at } = filled
    const { page } = await visit(filled, '#/policies/rules/post-and-pay')
    try {
      await page.getByLabel('Name', { exact: true }).fill('Other words')
      await page.getByRole('link', { name: 'What if', exact: true }).click()
      await page.getByRole('heading', { name: 'Choose a person' }).waitFor()
      await page.getByRole('link', { name: 'Conflict rules', exact: true }).click()
      await page.getByRole('link', { name: /Post and release/ }).click()
      await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Other words')
      await page.getByRole('button', { name: 'Discard changes' }).click()
      await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Post and release')
      expect((await at.officer.policies.sodRules())[0]?.name).toBe('Post and release')
    } finally {
      await page.context().close()
    }
  })

  it('what if tells before anything is changed', async () => {
    const { at } = filled
    const { page } = await visit(filled, '#/policies/what-if')
    try {
      await page.getByRole('combobox', { name: 'Person' }).fill('Tia')
      await page.getByRole('option', { name: /Tia Team/ }).click()
      await page.getByText('In no conflict now.').waitFor()
      await page.getByRole('combobox', { name: 'would get' }).fill('Release')
      await page.getByRole('option', { name: /Release payments/ }).click()
      await page.getByRole('heading', { name: 'Would come' }).waitFor()
      expect(await findings(page)).toEqual([])
      expect((await at.officer.policies.conflicts({})).lines.map((line) => line.subject)).not.toContain('Tia Team')
    } finally {
      await page.context().close()
    }
  })
})
