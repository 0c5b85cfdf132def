// VERIFY.txt is followed to the letter: its commands are read from the bundle and run as they stand.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { expect } from 'vitest'
import { revocationListPem, revokeCertificate } from '../../../src/main/reports/signing/revocation.ts'
import { timeStampRequest } from '../../../src/main/reports/time-stamp/ask-authority.ts'
import { enrolReviewers, writeSampleBundle } from '../../support/sample-bundle.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { createTimeAuthority } from '../../support/time-authority.ts'
import { runWitness, witnessTest } from '../../support/witness-tools.ts'

async function sealed(): Promise<{ bundle: string; commands: string[]; fingerprint: string }> {
  const folder = await temporaryFolder()
  const organisation = await createTestOrganisation(folder)
  const { path: bundle } = await writeSampleBundle(folder, organisation, await enrolReviewers(organisation))
  writeFileSync(join(dirname(bundle), 'root.pem'), organisation.root.pem)
  const commands = readFileSync(join(bundle, 'VERIFY.txt'), 'utf8').split('\n')
    .filter((line) => /^ {2}(openssl|node|sed|mkdir|certutil|pdfsig|pdfdetach|cmp) /.test(line)).map((line) => line.trim())
  return { bundle, commands, fingerprint: organisation.root.fingerprint }
}

function run(command: string, bundle: string): { status: number | null; output: string } {
  // The Node that runs the tests is the one meant by "node".
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
  return runWitness('sh', ['-c', `PATH='${path}'; ${command}`], { cwd: bundle })
}

const TOOLS = ['openssl', 'pdfsig', 'pdfdetach', 'certutil'] as const

witnessTest('every command of VERIFY.txt runs as it stands and finds the bundle in order', TOOLS, async () => {
  const { bundle, commands, fingerprint } = await sealed()
  expect(commands).toHaveLength(13)
  for (const command of commands) {
    const { status, output } = run(command, bundle)
    expect(status, `${command}\n${output}`).toBe(0)
    if (command.startsWith('openssl cms')) expect(output).toMatch(/Verification successful/i)
    if (command.includes('-fingerprint')) expect(output.toLowerCase().replace(/[^0-9a-f]/g, '')).toContain(fingerprint)
    if (command.startsWith('pdfsig')) {
      for (const sentence of ['Signature is Valid', 'Certificate is Trusted', 'Total document signed']) expect(output).toContain(sentence)
    }
  }
  rmSync(join(dirname(bundle), 'nss'), { recursive: true })
})

witnessTest('the same commands find a changed list, checkpoint, sign-off and attachment', TOOLS, async () => {
  const { bundle, commands } = await sealed()
  const signOff = commands.find((command) => command.startsWith('sed')) ?? ''
  expect(run(signOff, bundle).status).toBe(0)
  for (const [file, start] of [['manifest.json', 'openssl cms'], ['checkpoint', 'openssl cms'], ['evidence.json', 'cmp']] as const) {
    const path = join(bundle, file)
    const before = readFileSync(path)
    writeFileSync(path, Buffer.concat([before, Buffer.from(' ')]))
    if (start === 'cmp') expect(run(commands.find((command) => command.startsWith('pdfdetach')) ?? '', bundle).status).toBe(0)
    const asking = commands.filter((command) => command.startsWith(start) && (start === 'cmp' || command.includes(`-content ${file} `)))
    expect(asking).toHaveLength(1)
    expect(run(asking[0] ?? '', bundle).status, file).not.toBe(0)
    writeFileSync(path, before)
  }
})

witnessTest('a stamped bundle with a revocation list says how openssl checks both, and openssl does', ['openssl'], async () => {
  const folder = await temporaryFolder()
  const organisation = await createTestOrganisation(folder)
  const authority = createTimeAuthority(join(folder, 'time'))
  const stamp = (bytes: Uint8Array | string): Uint8Array => authority.answer(timeStampRequest(bytes))
  const people = await enrolReviewers(organisation)
  await revokeCertificate(organisation.keysFolder, people[0]?.signer.certificate ?? new Uint8Array(0), { why: 'lost', at: new Date() }, 'open')
  const list = (await revocationListPem(organisation.keysFolder)) ?? null
  const sealedAt = new Date().toISOString()
  const { path: bundle } = await writeSampleBundle(folder, organisation, people, {
    doctored: {
      head: (head) => ({ ...head, campaign: { ...head.campaign, sealedAt } }),
      input: (input) => ({
        ...input, revocationListPem: list, timeStamps: { checkpoint: stamp(input.checkpoint.note), over: (bytes) => Promise.resolve(stamp(bytes)), authorityPem: authority.rootPem },
      }),
    },
  })
  writeFileSync(join(dirname(bundle), 'root.pem'), organisation.root.pem)
  writeFileSync(join(dirname(bundle), 'tsa.pem'), authority.rootPem)
  const commands = readFileSync(join(bundle, 'VERIFY.txt'), 'utf8').split('\n').map((line) => line.trim()).filter((line) => /^openssl (ts -verify|crl) /.test(line))
  expect(commands).toHaveLength(3)
  for (const command of commands) {
    const { status, output } = run(command, bundle)
    expect(status, `${command}\n${output}`).toBe(0)
    expect(output).toMatch(/Verification: OK|verify OK/)
  }
  const alone = run('node verify.mjs . ../root.pem --tsa ../tsa.pem --crl crl.pem', bundle)
  expect(alone.output).toMatch(/passed {7}An authority outside saw it/)
  expect(alone.output).toMatch(/passed {7}Nothing was signed with a certificate.*stands: the certificate of anna was revoked later/)
  expect(alone.status).toBe(0)
  expect(run('node verify.mjs . ../root.pem --tsa VERIFY.txt', bundle).status).toBe(2)
})

witnessTest('the report in a bundle passes qpdf', ['qpdf'], async () => {
  const { bundle } = await sealed()
  expect(run('qpdf --check report.pdf', bundle)).toMatchObject({ status: 0 })
})
