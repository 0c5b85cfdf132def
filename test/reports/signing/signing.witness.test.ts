import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { signContent } from '../../../src/main/reports/signing/sign-cms.ts'
import { signPdf } from '../../../src/main/reports/signing/sign-pdf.ts'
import { rootPaths } from '../../../src/main/reports/signing/key-files.ts'
import { writeSignablePdf } from '../../support/signable-pdf.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { runWitness, witnessTest } from '../../support/witness-tools.ts'

async function trustStore(folder: string, rootPem: string): Promise<string> {
  const nss = join(folder, 'nss')
  await mkdir(nss)
  expect(runWitness('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password']).status).toBe(0)
  expect(runWitness('certutil', ['-A', '-d', `sql:${nss}`, '-n', 'root', '-t', 'CT,CT,CT', '-i', rootPem]).status).toBe(0)
  return nss
}

witnessTest('pdfsig says valid, trusted and total document signed; qpdf finds no fault', ['pdfsig', 'certutil', 'qpdf'], async () => {
  const folder = await temporaryFolder()
  const { officer, keysFolder } = await createTestOrganisation(folder)
  const path = join(folder, 'report.pdf')
  await writeSignablePdf(path, { pages: 5 })
  expect(await signPdf(path, officer)).toMatchObject({ ok: true })
  const { output } = runWitness('pdfsig', ['-nssdir', await trustStore(folder, rootPaths(keysFolder).certificate), path])
  expect(output).toContain('Signature is Valid.')
  expect(output).toContain('Certificate is Trusted.')
  expect(output).toContain('Total document signed')
  expect(output).toContain('ETSI.CAdES.detached')
  expect(runWitness('qpdf', ['--check', path])).toMatchObject({ status: 0 })
})

witnessTest('openssl accepts a sign-off as CAdES, and no other content under it', ['openssl'], async () => {
  const folder = await temporaryFolder()
  const { officer, keysFolder } = await createTestOrganisation(folder)
  const [content, signature] = [join(folder, 'line'), join(folder, 'line.p7s')]
  await writeFile(content, '{"kind":"sign-off"}')
  await writeFile(signature, await signContent('{"kind":"sign-off"}', officer))
  const input = ['-binary', '-inform', 'DER', '-in', signature, '-content', content, '-out', join(folder, 'out')]
  const trusted = ['cms', '-verify', '-cades', ...input, '-CAfile', rootPaths(keysFolder).certificate]
  expect(runWitness('openssl', trusted)).toMatchObject({ status: 0 })
  await writeFile(content, '{"kind":"sign-out"}')
  expect(runWitness('openssl', trusted).status).not.toBe(0)
})

witnessTest('openssl finds certificates strictly in order, with odd names too', ['openssl'], async () => {
  const folder = await temporaryFolder()
  const { keysFolder, signerOf } = await createTestOrganisation(folder, 'Example, "Quoted" + O=Other')
  await signerOf('anna@example.com')
  const person = join(keysFolder, 'people', 'anna@example.com.pem')
  const verify = ['verify', '-x509_strict', '-purpose', 'smimesign', '-CAfile', rootPaths(keysFolder).certificate, person]
  expect(runWitness('openssl', verify)).toMatchObject({ status: 0 })
})
