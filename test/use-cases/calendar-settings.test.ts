import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { enrol, mia, openWorkspace, specOf } from '../support/workspace-builder.ts'
import { initWorkspace } from '../../src/main/app.ts'

test('a working week is kept with its event and moves what comes again; a paused campaign comes again from the next day that is due; a reviewer sets none of it', async () => {
  const folder = join(await temporaryFolder(), 'workspace')
  await initWorkspace(folder, { name: 'Calendar & Co', officerEmail: 'olga.officer@example.com', officerName: 'Olga', passphrase: 'correct horse', isSample: false, at: null })
  const workspace = await openWorkspace(folder)
  onTestFinished(workspace.close)
  const { officer } = workspace
  expect(await officer.calendar.settings()).toEqual({ weekend: [0, 6], escalation: [{ day: -3, action: 'remind' }] })
  // 2 January 2099 is a Friday.
  const usual = await officer.calendar.setRecurrence({ spec: specOf('Yearly'), rule: { firstOn: '2099-01-02', everyMonths: 12, dueDays: 10 } })
  expect(usual.nextOn).toBe('2099-01-02')
  const before = (await officer.workspace.status()).events
  await officer.calendar.setSettings({ weekend: [6, 5, 5], escalation: [] })
  expect(await officer.calendar.settings()).toEqual({ weekend: [5, 6], escalation: [] })
  expect((await officer.workspace.status()).events).toBe(before + 1)
  await officer.calendar.endRecurrence({ recurrence: usual.id })
  expect(await officer.calendar.resumeRecurrence({ recurrence: usual.id })).toMatchObject({ isActive: true, nextOn: '2099-01-04' })
  await expect(officer.calendar.resumeRecurrence({ recurrence: usual.id })).rejects.toThrow('comes again already')
  await enrol(officer, mia)
  const reviewer = await workspace.as(mia)
  await expect(reviewer.calendar.setSettings({ weekend: [], escalation: [] })).rejects.toThrow()
  expect((await officer.evidence.checkLog()).checks.every(({ outcome }) => outcome === 'passed')).toBe(true)
}, 30_000)
