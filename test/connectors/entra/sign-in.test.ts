import { afterEach, describe, expect, it } from 'vitest'
import { readClientCertificate } from '../../../src/main/connectors/entra/certificate.ts'
import { signInFault } from '../../../src/main/connectors/entra/sign-in-faults.ts'
import { realSurroundings } from '../../../src/main/connectors/entra/surroundings.ts'
import { makeClientCertificate } from '../../support/fake-graph/certificates.ts'
import { CLIENT_ID, SECRET, TENANT_ID } from '../../support/fake-graph/server.ts'
import { inputOf } from '../live/reading.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'

let stage: EntraStage | null = null
afterEach(async () => { await stage?.graph.close(); stage = null })

describe('signing in to Microsoft Entra', () => {
  it('signs in with a secret, as the app', async () => {
    stage = await entraStage()
    const { connector } = stage
    expect(await connector.test(inputOf(stage.asking()))).toMatchObject({ isConnected: true, account: `app ${CLIENT_ID} in tenant ${TENANT_ID}` })
    expect(stage.credentials.saved.has('token-cache')).toBe(false)
  })

  it('signs in with a certificate', async () => {
    stage = await entraStage({ config: { signIn: 'certificate' }, secrets: { certificate: await makeClientCertificate() } })
    expect(await stage.connector.test(inputOf(stage.asking()))).toMatchObject({ isConnected: true })
    stage.graph.directory.hasCertificate = false
    expect(await stage.connector.test(inputOf(stage.asking()))).toMatchObject({ isConnected: false })
  })

  it('signs a person in by a code typed elsewhere, and silently the next time', async () => {
    stage = await entraStage({ config: { signIn: 'device-code' }, secrets: {} })
    const prompts: string[] = []
    const input = { ...inputOf(stage.asking()), onPrompt: (prompt: { readonly url: string; readonly code: string; readonly expiresAt: string }) => { prompts.push(`${prompt.url} ${prompt.code} ${prompt.expiresAt}`) } }
    expect(await stage.connector.test(input)).toMatchObject({ isConnected: true, account: `officer@contoso.example (tenant ${TENANT_ID})` })
    expect(prompts).toEqual(['https://microsoft.com/devicelogin ABCD-EFGH 2026-11-22T09:15:00.000Z'])
    expect(stage.credentials.saved.get('token-cache')).toContain('refresh')
    stage.graph.tokens.expireAll()
    expect(await stage.connector.test(input)).toMatchObject({ isConnected: true })
    expect(prompts).toHaveLength(1)
  })

  it('tells which removals the app was allowed without trying one, and does not guess where the directory may not be asked', async () => {
    stage = await entraStage()
    stage.graph.withhold('GroupMember.ReadWrite.All')
    const answer = await stage.connector.test(inputOf(stage.asking()))
    expect(answer.removals.map(({ removes, isGranted }) => [removes, isGranted])).toEqual([['groups', false], ['applications', true], ['roles', true]])
    expect(answer.permissions.every(({ isGranted }) => isGranted)).toBe(true)
    expect(stage.graph.requests.filter((line) => !line.startsWith('GET '))).toEqual([])
    stage.graph.withhold('Application.Read.All')
    expect((await stage.connector.test(inputOf(stage.asking()))).removals.map(({ isGranted }) => isGranted)).toEqual([null, null, null])
  })

  it('stops waiting for the person as soon as it is cancelled', async () => {
    stage = await entraStage({ config: { signIn: 'device-code' }, secrets: {} })
    stage.graph.directory.pendingPolls = 1_000
    const stop = new AbortController()
    const input = { ...inputOf(stage.asking({ signal: stop.signal })), onPrompt: () => { stop.abort(new Error('the officer cancelled')) } }
    await expect(stage.connector.test(input)).rejects.toThrow('the officer cancelled')
  })

  it('names the fault and repeats nothing of what was sent', async () => {
    stage = await entraStage({ secrets: { 'client-secret': 'wrong-secret-value' } })
    const answer = await stage.connector.test(inputOf(stage.asking()))
    expect(answer).toEqual({ isConnected: false, account: null, permissions: [], removals: [], notes: ['The client secret is not the right one. Copy the secret\'s value (not its id) from the app registration again. (AADSTS7000215).'] })
    expect(signInFault(new Error(`AADSTS7000222: The provided client secret keys for app are expired ${SECRET}`)).message).toBe('The client secret has expired. Make a new one in the app registration and enter it here. (AADSTS7000222).')
    expect(signInFault(new Error(`AADSTS9999999: never heard of ${SECRET}`)).message).toBe('Microsoft refused the sign-in. (AADSTS9999999).')
    expect(signInFault(new Error(`something with ${SECRET}`)).message).toBe('Microsoft refused the sign-in.')
  })

  it('says what is wrong with a certificate that cannot be used', async () => {
    const good = await makeClientCertificate()
    const other = await makeClientCertificate()
    const key = good.slice(good.indexOf('-----BEGIN PRIVATE KEY-----'))
    const said = (pem: string): string => {
      try {
        readClientCertificate(pem)
        return 'nothing'
      } catch (error) {
        return String(error)
      }
    }
    expect(said(good)).toBe('nothing')
    expect(readClientCertificate(good).thumbprintSha256).toMatch(/^[0-9A-F]{64}$/)
    expect(said(key)).toContain('both the certificate and its private key')
    expect(said(`${other.slice(0, other.indexOf('-----BEGIN PRIVATE KEY-----'))}\n${key}`)).toContain('does not belong to the certificate')
    expect(said(good.replace('BEGIN PRIVATE', 'BEGIN ENCRYPTED PRIVATE').replace('END PRIVATE', 'END ENCRYPTED PRIVATE'))).toContain('a passphrase of its own')
    expect(said(good.replace(/MII/g, 'AAA'))).toContain('cannot be read as PEM')
  })

  it('asks each cloud at its own addresses', () => {
    const { endpoints } = realSurroundings
    expect(endpoints('global').graph).toBe('https://graph.microsoft.com')
    expect(endpoints('us-government')).toEqual({ authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' })
    expect(endpoints('us-government-dod').graph).toBe('https://dod-graph.microsoft.us')
    expect(endpoints('china')).toEqual({ authority: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' })
  })
})
