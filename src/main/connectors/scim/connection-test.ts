import type { ConnectionTest } from '../../../shared/model/live-source.ts'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'
import { readList } from './answers.ts'
import { openScim, scimConfigOf, type ScimOptions } from './server.ts'

const PEOPLE = {
  permission: 'read Users',
  why: 'Reads who works here, what they do and whom they report to.',
  without: 'There are no people, so access cannot be compared with them.',
  isRequired: true,
} as const

/** Asks what the server can do and for one person. Faults are told in `notes`, never thrown. */
export async function testScim(input: LiveInput, options: ScimOptions): Promise<ConnectionTest> {
  try {
    const config = scimConfigOf(input)
    const server = await openScim(input, options)
    const account = `${config.signIn === 'basic' ? config.userName ?? '' : 'token'} at ${server.host}`
    const notes: string[] = []
    const isDescribed = await isAnswered(() => server.get('/ServiceProviderConfig'), ['not-this-source', 'permission-missing', 'half-answer'])
    if (!isDescribed) notes.push('The server does not describe itself at /ServiceProviderConfig; it may still work.')
    if (!await isAnswered(() => server.get('/Users', { startIndex: '1', count: '1' }), ['permission-missing'])) {
      return { isConnected: true, account, permissions: [{ ...PEOPLE, isGranted: false }], removals: [], notes: [...notes, 'The account may not read people.'] }
    }
    const answer = await server.get('/Users', { startIndex: '1', count: '1' })
    const list = readList(answer.json)
    if (list === null) {
      throw new LiveSourceError(
        'not-this-source',
        `The answer to ${answer.asked} is not a SCIM list: this address is not that of a SCIM 2.0 server.`,
      )
    }
    if (list.totalResults === null) notes.push('The server does not say how many people there are: completeness cannot be checked against it.')
    else notes.push(`The server says there are ${String(list.totalResults)} people.`)
    if (list.resources.length > 1) notes.push('The server ignores how many people it is asked for at a time.')
    const [first] = list.resources
    if (first !== undefined && !JSON.stringify(first).includes('employeeNumber')) {
      notes.push('The first person has no employee number: people then go by external id or user name.')
    }
    return { isConnected: true, account, permissions: [{ ...PEOPLE, isGranted: true }], removals: [], notes }
  } catch (error) {
    if (!(error instanceof LiveSourceError)) throw error
    return { isConnected: false, account: null, permissions: [], removals: [], notes: [error.message] }
  }
}

async function isAnswered(ask: () => Promise<unknown>, otherwise: readonly LiveSourceError['code'][]): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (error instanceof LiveSourceError && otherwise.includes(error.code)) return false
    throw error
  }
}
