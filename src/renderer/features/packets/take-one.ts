import type { Client } from '../../api/client.ts'
import { toFailure } from '../../api/failure.ts'
import type { TakenFile } from '../../api/file-intake.ts'
import { t } from '../../texts/texts.ts'
import type { Taken } from './packet-types.ts'

/** Takes one response. Undefined: the officer's passphrase is wrong, so nothing was even opened. */
export const takeOne = async (call: Client['packets']['import'], file: TakenFile, passphrase: string): Promise<Taken | undefined> => {
  try {
    return { file, is: 'taken', result: await call({ file: file.path, passphrase }) }
  } catch (error) {
    const { kind, message } = toFailure(error)
    if (kind === 'WRONG_PASSPHRASE') return undefined
    return { file, is: 'refused', message: message ?? `${t.failureTitle[kind]}. ${t.failureAdvice[kind]}`, mayBeKey: kind === 'NOT_ALLOWED' }
  }
}
