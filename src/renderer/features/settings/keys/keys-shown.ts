import type { Client } from '../../../api/client.ts'

export type Keys = Awaited<ReturnType<Client['keys']['show']>>
