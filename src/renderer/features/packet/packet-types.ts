import type { DoorAnswer } from '../../../shared/model/packet-door.ts'
import type { Client } from '../../api/client.ts'

export type Refused = Extract<DoorAnswer, { kind: 'refused' }>
export type Requested = Extract<DoorAnswer, { kind: 'requested' }>
/** How the packet this workspace was made from stands. */
export type Standing = NonNullable<Awaited<ReturnType<Client['packets']['own']>>>
