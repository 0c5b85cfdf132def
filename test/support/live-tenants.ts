import type { LiveConnector, LiveInput, ReadCollection, RevokeInput } from '../../src/main/connectors/live-connector.ts'
import type { LiveConfig, LiveSourceKind } from '../../src/shared/model/live-source.ts'

/** What stands behind each kind of live source in a test that drives the whole app; set before the first question. */
export const tenants: Partial<Record<LiveSourceKind, LiveConnector>> = {}

const behind = (kind: LiveSourceKind): LiveConnector => {
  const tenant = tenants[kind]
  if (tenant === undefined) throw new Error(`nothing stands in for ${kind}`)
  return tenant
}

/** In place of a connector's module: whatever stands behind the kind when it is asked. */
export const standIn = (kind: LiveSourceKind): LiveConnector => ({
  kind,
  collections: (config: LiveConfig) => behind(kind).collections(config),
  test: (input: LiveInput) => behind(kind).test(input),
  read: (input: ReadCollection) => behind(kind).read(input),
  revoke: (input: RevokeInput) => {
    const { revoke } = behind(kind)
    if (revoke === undefined) throw new Error(`${kind} removes nothing`)
    return revoke(input)
  },
  giveBack: (input: RevokeInput) => {
    const { giveBack } = behind(kind)
    if (giveBack === undefined) throw new Error(`${kind} gives nothing back`)
    return giveBack(input)
  },
})

/** A gate every request passes; closed, requests wait until it opens or their reading is stopped. */
export const gate = () => {
  let opened = Promise.withResolvers<undefined>()
  opened.resolve(undefined)
  return {
    close: (): void => { opened = Promise.withResolvers() },
    open: (): void => opened.resolve(undefined),
    pass: async (signal: AbortSignal | null | undefined): Promise<void> => {
      const stopped = Promise.withResolvers<never>()
      stopped.promise.catch(() => undefined)
      signal?.addEventListener('abort', () => stopped.reject(signal.reason), { once: true })
      await Promise.race([opened.promise, stopped.promise])
    },
  }
}
