import type { Client } from '../../api/client.ts'

export type Addressee = Awaited<ReturnType<Client['packets']['addressees']>>[number]
export type PacketLine = Awaited<ReturnType<Client['packets']['list']>>[number]
export type Imported = Awaited<ReturnType<Client['packets']['import']>>
