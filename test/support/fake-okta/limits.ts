/** Requests a minute per family of endpoints, counted by the fake's own clock and told in the three headers. */
export function createLimits(now: () => number, perMinute: () => number) {
  const counted = new Map<string, { minute: number; used: number }>()
  return {
    /** Counts one request; `isOver`: it is to be refused. */
    count(path: string): { readonly isOver: boolean; readonly headers: Readonly<Record<string, string>> } {
      const family = path.split('/').slice(0, 4).join('/') + (path.split('/').length > 4 ? '/{id}' : '')
      const minute = Math.floor(now() / 60_000)
      const last = counted.get(family)
      const state = last?.minute === minute ? last : { minute, used: 0 }
      state.used += 1
      counted.set(family, state)
      const limit = perMinute()
      return {
        isOver: state.used > limit,
        headers: {
          'X-Rate-Limit-Limit': String(limit),
          'X-Rate-Limit-Remaining': String(Math.max(0, limit - state.used)),
          'X-Rate-Limit-Reset': String((minute + 1) * 60),
        },
      }
    },
  }
}
