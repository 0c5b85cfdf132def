import type { Client } from '../../api/client.ts'
import type { TakenFile } from '../../api/file-intake.ts'

export type Addressee = Awaited<ReturnType<Client['packets']['addressees']>>[number]
export type PacketLine = Awaited<ReturnType<Client['packets']['list']>>[number]
export type Imported = Awaited<ReturnType<Client['packets']['import']>>

/** What became of a response that was brought in. */
export type Taken =
  | { readonly file: TakenFile; readonly is: 'taken'; readonly result: Imported }
  /** `mayBeKey`: it was refused for its signature, which a key that is not enrolled yet explains. */
  | { readonly file: TakenFile; readonly is: 'refused'; readonly message: string; readonly mayBeKey: boolean }
