import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { enrolReviewers, writeSampleBundle } from '../../support/sample-bundle.ts'
import type { Doctored } from '../../support/sample-bundle.ts'
import { sha256Hex } from '../../support/sha256.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { failed, outcomes, verifyBoth } from '../../support/verify-both.ts'

const BLANKED = 'id,name,gender\n1,Anna,\n'

test('an extract whose protected columns were blanked is in the bundle as kept, is checked by its own hash, and cannot be exchanged', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'muster-kept-'))
  try {
    const ours = await createTestOrganisation(join(scratch, 'ours'))
    const reviewers = await enrolReviewers(ours)
    const copy = join(scratch, 'copy.gz')
    writeFileSync(copy, gzipSync(BLANKED))
    const kept = { sha256: sha256Hex(BLANKED), bytes: Buffer.byteLength(BLANKED) }
    const doctored: Doctored = {
      head: (head) => ({ ...head, extracts: head.extracts.map((extract) => ({ ...extract, sha256: sha256Hex('original'), keptSha256: kept.sha256 })) }),
      input: (input) => ({ ...input, rawFiles: input.rawFiles.map((raw) => ({ ...raw, ...kept, path: copy })) }),
    }
    const clean = await writeSampleBundle(scratch, ours, reviewers, { doctored })
    const checks = await verifyBoth(clean.path, { rootPem: ours.root.pem })
    expect(failed(checks)).toEqual([])
    expect(outcomes(checks)['raw']).toBe('passed')
    const [name = ''] = readdirSync(join(clean.path, 'raw'))
    writeFileSync(join(clean.path, 'raw', name), gzipSync(BLANKED.replace('Anna', 'Anne')))
    expect(failed(await verifyBoth(clean.path, { rootPem: ours.root.pem }))).toEqual(['files', 'raw'])
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
})
