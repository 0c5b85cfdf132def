import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { attachContent, detachContent } from '../../src/main/exchange/attached-cms.ts'
import { signContent } from '../../src/main/reports/signing/sign-cms.ts'
import { verifyContent } from '../../src/main/reports/signing/verify-cms.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { createTestOrganisation } from '../support/test-keys.ts'

test('a signature comes out of an attached file as it went in, however long its content', async () => {
  const { officer, root } = await createTestOrganisation(await temporaryFolder())
  for (const bytes of [1, 127, 128, 300, 70_000]) {
    const content = new Uint8Array(randomBytes(bytes))
    const cms = await signContent(content, officer)
    const apart = detachContent(attachContent({ content, cms }))
    expect(apart?.content).toEqual(content)
    expect(Buffer.from(apart?.cms ?? []).equals(cms)).toBe(true)
    expect(verifyContent(content, apart?.cms ?? new Uint8Array(), { root: root.certificate, at: new Date() }).ok).toBe(true)
  }
})
