import { keptWork, type Ticket } from '../../src/main/jobs/kept-work.ts'
import type { Steps } from '../../src/main/jobs/progress-stream.ts'
import type { WorkKind, WorkResult } from '../../src/shared/contract/work.ts'
import type { Run } from '../../src/shared/model/source.ts'
import type { RunCollection } from '../../src/shared/model/live-source.ts'
import type { FakeProcedures } from './fake-procedures.ts'

// A live source that asks for a code, lacks a permission, and was read with gaps: what a screen has to be able to show.

const collection = (name: string, more: Partial<RunCollection>): RunCollection => ({
  name, mode: 'full', query: `GET /v1.0/${name}?$select=id`, apiVersion: 'v1.0', pages: 12, records: 11_204, sourceCount: 11_204, heldCount: 11_204, retries: 0,
  throttledMs: 0, rejects: 0, gaps: [], from: null, to: null, isComplete: true, ...more,
})

const collections: readonly RunCollection[] = [
  collection('users', {}),
  collection('groups', { mode: 'changes', sourceCount: 2_310, heldCount: 2_308, records: 44, retries: 3, throttledMs: 41_200 }),
  collection('sign-ins', { mode: 'window', sourceCount: null, heldCount: null, isComplete: false, from: '2026-11-01T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z',
    gaps: ['AuditLog.Read.All is missing: sign-ins could not be read.'] }),
]

const person = 'helena.brandt@harbourline.example'
const soon = (): string => new Date(Date.now() + 14 * 60_000).toISOString()

/** `passphrase` opens the file of secrets. The first test of a connection waits for a person with a code until `codeTyped` resolves. */
export const fakeLiveSources = (os: FakeProcedures, run: Run, passphrase: string, codeTyped: Promise<void>) => {
  let isOpen = false
  const kept = keptWork({ now: () => new Date().toISOString(), cutOff: [], mark: () => undefined })
  /** As the engine keeps it: the window that asked may leave. */
  const keep = <K extends WorkKind>(ticket: Omit<Ticket<K>, 'by' | 'campaign'>, run: (stop: AbortSignal) => AsyncIterable<Steps<WorkResult<K>>>) => {
    const steps = kept.begin({ ...ticket, by: person, campaign: null }, run)
    if (steps === null) throw new Error(`${ticket.name} goes on already`)
    return steps
  }
  const work = {
    list: os.work.list.handler(() => kept.list(person)),
    stop: os.work.stop.handler(async ({ input }) => ({ wasGoing: await kept.stop(input.name) })),
    dismiss: os.work.dismiss.handler(({ input }) => ({ dismissed: kept.dismiss(input.name, person) })),
  }
  const sources = {
    secretsState: os.sources.secretsState.handler(() => ({ keptIn: 'passphrase-file' as const, isOpen, exists: true })),
    openSecrets: os.sources.openSecrets.handler(({ input, errors }) => {
      if (input.passphrase !== passphrase) throw errors.WRONG_PASSPHRASE({ message: 'That passphrase does not open the secrets.' })
      isOpen = true
      return { keptIn: 'passphrase-file' as const, isOpen, exists: true }
    }),
    addLive: os.sources.addLive.handler(({ input }) =>
      ({ id: 9, name: input.name, kind: input.config.from, config: input.config, mapping: null, createdAt: '2026-11-22T08:00:00.000Z' })),
    test: os.sources.test.handler(({ input }) => keep({ kind: 'test', name: `test:${input.source}`, subject: input.source }, async function* () {
      yield { state: 'working' as const, step: 'Waiting for you to sign in', share: null, prompt: { url: 'https://microsoft.example/devicelogin', code: 'F7QK2PBXD', expiresAt: soon() } }
      await codeTyped
      yield {
        state: 'done' as const,
        result: {
          isConnected: true, account: 'harbourline.example as Muster', notes: ['Sign-ins need Microsoft Entra ID P1.'],
          removals: [
            { removes: 'groups' as const, permission: 'GroupMember.ReadWrite.All', why: 'Takes a person out of a group.', without: 'By hand.', isGranted: false },
            { removes: 'applications' as const, permission: 'AppRoleAssignment.ReadWrite.All', why: 'Takes an assignment away.', without: 'By hand.', isGranted: true },
            { removes: 'roles' as const, permission: 'RoleManagement.ReadWrite.Directory', why: 'Takes a role away.', without: 'By hand.', isGranted: null },
          ],
          permissions: [
            { permission: 'User.Read.All', why: 'Lists users.', without: 'No account can be read.', isRequired: true, isGranted: true },
            { permission: 'AuditLog.Read.All', why: 'Reads sign-ins.', without: 'How access is used stays unknown.', isRequired: false, isGranted: false },
          ],
        },
      }
    })),
    // One step, then nothing until somebody stops it.
    sync: os.sources.sync.handler(({ input, errors }) => keep({ kind: 'sync', name: `sync:${input.source}`, subject: input.source }, async function* (stop) {
      yield { state: 'working' as const, step: 'Reading groups: 1,204 of 2,310', share: 0.4 }
      await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }))
      throw errors.CANCELLED({ message: 'Stopped as asked.' })
    })),
    runs: os.sources.runs.handler(() => [run]),
    run: os.sources.run.handler(() => ({ run, collections: [...collections] })),
    rejects: os.sources.rejects.handler(({ input }) => ({
      total: 5_000,
      rejects: Array.from({ length: Math.min(input.limit, 5_000 - input.from) }, (_, at) => ({
        row: input.from + at + 2, column: at % 3 === 0 ? null : 'granted', code: 'bad-date' as const, reason: 'Column “granted” should hold a date, but holds something else.',
        effect: 'field-dropped' as const, raw: `u${input.from + at};soon`,
      })),
    })),
  }
  return { work, sources, keep }
}
