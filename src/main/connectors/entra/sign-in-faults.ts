import { LiveSourceError } from '../live-connector.ts'

/** What Microsoft's sign-in service means by its error numbers, and what to do. */
const meanings: Readonly<Record<string, string>> = {
  '7000215': 'The client secret is not the right one. Copy the secret\'s value (not its id) from the app registration again.',
  '7000222': 'The client secret has expired. Make a new one in the app registration and enter it here.',
  '7000216': 'The app registration wants a secret or certificate and got none.',
  '7000218': 'The app registration does not allow signing in with a device code. Turn on "Allow public client flows" under Authentication.',
  '700016': 'The tenant knows no app with this client id. Check both ids, and that the app is registered in this tenant.',
  '700027': 'The certificate does not belong to the app registration, or has expired. Upload its public part there.',
  '700024': 'The sign-in was refused because of its time. Check this machine\'s clock.',
  '700082': 'The sign-in of the last time has expired. Sign in again.',
  '70043': 'The sign-in of the last time has expired. Sign in again.',
  '50173': 'The sign-in of the last time was withdrawn. Sign in again.',
  '70016': 'Nobody has entered the code yet.',
  '70020': 'The code was not entered in time. Start again.',
  '90002': 'There is no tenant of this name or id in this cloud.',
  '900023': 'The tenant is neither an id nor a verified domain.',
  '90013': 'The tenant or the client id is not valid.',
  '7000112': 'The app is switched off in this tenant. An administrator can switch it on under Enterprise applications.',
  '65001': 'Nobody has consented to the app\'s permissions yet. An administrator grants consent in the app registration.',
  '53003': 'A Conditional Access policy blocks this sign-in.',
  '530035': 'Security defaults block this sign-in.',
  '50076': 'The sign-in asks for a second factor. Sign in again with it.',
  '50079': 'The account has to set up a second factor first.',
  '50057': 'The account is switched off.',
  '50126': 'The user name or the password is wrong.',
  '50034': 'The tenant knows no such account.',
  '1002016': 'The sign-in uses an outdated encryption of the connection.',
}

/**
 * The fault behind a failed sign-in, in words an officer can act on. Takes only the number from Microsoft's text: the rest of it can
 * repeat what was sent.
 */
export function signInFault(error: unknown): LiveSourceError {
  if (error instanceof LiveSourceError) return error
  const said = error instanceof Error ? `${codeOf(error)} ${error.message}` : ''
  const number = /AADSTS(\d{4,8})/.exec(said)?.[1]
  if (number !== undefined) {
    const meaning = meanings[number] ?? 'Microsoft refused the sign-in.'
    return new LiveSourceError('sign-in-failed', `${meaning} (AADSTS${number}).`)
  }
  if (/device_code_expired|user_timeout/.test(said)) {
    return new LiveSourceError('sign-in-failed', 'The code was not entered in time. Start again.')
  }
  if (/endpoints_resolution|openid_config|no_network|network_error|Network request failed|fetch failed|timeout/i.test(said)) {
    return new LiveSourceError('unreachable', 'Microsoft\'s sign-in service cannot be reached. Check the network, a proxy, and the cloud chosen.')
  }
  const code = /"?error"?[:= ]+"?(invalid_client|invalid_grant|unauthorized_client|invalid_request|access_denied)/.exec(said)?.[1]
    ?? /\b(invalid_client|invalid_grant|unauthorized_client|access_denied)\b/.exec(said)?.[1]
  return new LiveSourceError('sign-in-failed', `Microsoft refused the sign-in${code === undefined ? '' : ` (${code})`}.`)
}

function codeOf(error: Error): string {
  const { errorCode } = error as { readonly errorCode?: unknown }
  return typeof errorCode === 'string' ? errorCode : ''
}
