import { expect, onTestFinished, test } from 'vitest'
import { mia, openWorkspace } from '../../support/workspace-builder.ts'
import { managerOpens, managersPassphrase, packetStage } from './packet-stage.ts'

test('a packet opens with what its reviewer signs with, also after they chose another; in the organisation’s workspace that is not theirs to see', async () => {
  const stage = await packetStage()
  onTestFinished(stage.close)
  await expect((await stage.officer.as(mia)).workspace.protection()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const manager = await managerOpens(stage)
  expect(await manager.client.workspace.protection()).toMatchObject({ isEncrypted: true, opensWith: { passphrase: true, computer: false, recovery: null } })
  const next = 'another one of my own'
  await manager.client.keys.changePassphrase({ of: 'own', current: managersPassphrase, next })
  await manager.workspace.close()
  await expect(openWorkspace(manager.folder, { passphrase: managersPassphrase })).rejects.toMatchObject({ code: 'wrong-passphrase' })
  const again = await openWorkspace(manager.folder, { passphrase: next })
  onTestFinished(again.close)
  const { code } = await (await again.as(mia)).workspace.makeRecoveryKit({ current: next })
  expect(code.split('-')).toHaveLength(13)
}, 60_000)
