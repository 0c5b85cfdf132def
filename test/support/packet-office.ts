import { join } from 'node:path'
import { createApp, openPacket, opensKeyOf, requestEnrolment, type App } from '../../src/main/app.ts'
import { packetRooms } from '../../src/main/hosts/cli/packet-rooms.ts'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'

/** An officer's workspace behind the real loopback server, with the door for packets and the rooms behind it, as `muster serve` does it. */
export const openPacketOffice = async (app: App, place: string, screens: string): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const logged: unknown[] = []
  const log = (_: string, error: unknown): string => `${logged.push(error)}`
  const rooms = packetRooms(join(place, 'reviews'), {
    // The rooms' engines run right here, like the officer's own in a test.
    createApp: (options) => createApp({ ...options, threads: false }), openPacket, opensKeyOf, requestEnrolment, errorLogIn: () => log, renderer: screens,
  })
  const officer = await app.officer()
  const host = await startWebHost({ router: app.router, people: [officer], renderer: screens, incoming: app.incoming, log, door: rooms.doorFor(officer), port: 0 })
  return {
    url: host.links[0]?.url ?? '',
    close: async () => {
      await host.close(0)
      await rooms.close()
      if (logged.length > 0) throw new Error('the engine failed in a way nobody foresaw', { cause: logged[0] })
    },
  }
}
