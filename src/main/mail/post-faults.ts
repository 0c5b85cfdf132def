import type { MailFault } from '../../shared/model/mail.ts'

/** What the SMTP library says of a failure. */
export interface PostError {
  readonly code?: string | undefined
  /** The system's or OpenSSL's own code. */
  readonly originalCode?: string | undefined
  readonly command?: string | undefined
  readonly response?: string | false | undefined
  readonly responseCode?: number | false | undefined
  readonly message: string
}

const certificateCodes = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_(?:GET|VERIFY)|HOSTNAME_MISMATCH/
const wrongProtocol = /wrong version number|EPROTO|packet length too long|http request|record layer/i

/** Which fault it is, and whether it concerns the server as a whole rather than this one letter. */
export function faultOf(error: PostError, wasConnected: boolean): { readonly fault: MailFault; readonly isWhole: boolean } {
  const whole = (fault: MailFault) => ({ fault, isWhole: true })
  const { code = '', originalCode = '', command = '' } = error
  const status = typeof error.responseCode === 'number' ? error.responseCode : 0
  if (certificateCodes.test(originalCode) || certificateCodes.test(code) || /certificate|self.signed/i.test(error.message)) return whole('certificate')
  if (code === 'EAUTH' || code === 'ENOAUTH' || status === 530 || status === 535) return whole('sign-in')
  if (code === 'ETLS' || wrongProtocol.test(originalCode) || wrongProtocol.test(error.message)) return whole('no-encryption')
  // A greeting that never comes is what an encrypted port gives an unencrypted caller; a timeout either way.
  if (code === 'ETIMEDOUT' || originalCode === 'ETIMEDOUT') return whole('timeout')
  if (command === 'MAIL FROM') return whole(status >= 500 ? 'sender' : 'server')
  if (command === 'RCPT TO') return { fault: 'recipient', isWhole: status === 421 }
  if (command === 'DATA') return { fault: 'message', isWhole: status === 421 }
  if (code === 'EENVELOPE') return { fault: 'recipient', isWhole: false }
  if (code === 'EMESSAGE') return { fault: 'message', isWhole: false }
  if (code === 'EDNS' || originalCode === 'ECONNREFUSED' || !wasConnected) return whole(status === 0 ? 'no-server' : 'server')
  return whole('lost')
}

const longestAnswer = 300

/** A server's line as it may be kept and shown: one line of plain characters, without the password should the server repeat it. */
export function answerOf(text: string, password: string | null): string {
  const bare = password === null || password === '' ? text : text.replaceAll(password, '…')
  return bare.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().slice(0, longestAnswer)
}
