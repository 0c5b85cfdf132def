import type { Actor } from '../../app.ts'
import type { EngineApp } from '../engine-types.ts'
import { answerAtDoor } from '../packet-door.ts'
import { startWebHost, type WebHost, type WebHostOptions } from '../web/web-host.ts'
import type { Doors } from './doors.ts'

type RoomDoors = Pick<Doors, 'createApp' | 'openPacket' | 'opensKeyOf' | 'requestEnrolment' | 'errorLogIn' | 'renderer'>

const isWrong = (error: Error): boolean => 'code' in error && error.code === 'wrong-passphrase'

/**
 * Workspaces of packets that were opened from a page, each behind a server of its own, until the first one ends. `home`: folder they are kept in.
 */
export const packetRooms = (home: string, doors: RoomDoors) => {
  const rooms = new Map<string, Promise<{ readonly host: WebHost; readonly app: EngineApp; readonly url: string }>>()
  const enter = async (folder: string, passphrase: string | null) => {
    const app = await doors.createApp({ folder, asOf: null, host: 'web', threads: true, env: {}, ...(passphrase === null ? {} : { passphrase }) })
    try {
      const keeper = await app.officer()
      const log = doors.errorLogIn(folder)
      const host = await startWebHost({ router: app.router, people: [keeper], renderer: doors.renderer, incoming: app.incoming, log, door: doorFor(keeper), port: 0 })
      return { app, host, url: host.links[0]?.url ?? '' }
    } catch (error) {
      await app.close()
      throw error
    }
  }
  const doorFor = (keeper: Actor): NonNullable<WebHostOptions['door']> => ({
    keeper: keeper.email,
    answer: async (request) => {
      const answer = await answerAtDoor(home, doors, request)
      if (answer.kind !== 'entered') return answer
      const room = rooms.get(answer.folder) ?? enter(answer.folder, request.kind === 'packet-enter' ? request.passphrase : null)
      rooms.set(answer.folder, room)
      room.catch(() => rooms.delete(answer.folder))
      return room.then(({ url }) => ({ ...answer, address: url }), (error: unknown) => {
        if (error instanceof Error && error.name === 'StartError') return { kind: 'refused', why: isWrong(error) ? 'wrong-passphrase' : 'other', message: error.message }
        throw error
      })
    },
  })
  return {
    doorFor,
    close: async (): Promise<void> => {
      for (const room of rooms.values()) {
        const { host, app } = await room
        await host.close()
        await app.close()
      }
    },
  }
}
