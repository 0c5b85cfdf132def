const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A ticket that has been open this long is not looked at every hour any more. */
const patientAfterMs = 7 * dayMs

/**
 * When a ticket is asked about again, as an ISO moment. A system that cannot be asked is left alone twice as long each time, a day at most, and
 * never shorter than it asked for itself; a ticket that stays open for a week is asked about four times a day.
 * @param failures how often in a row it could not be asked, this time included; 0 = it answered
 */
export function nextAsk(now: string, asked: { readonly failures: number; readonly requestedAt: string | null; readonly waitSeconds: number | null }): string {
  const at = Date.parse(now)
  const isOld = asked.requestedAt !== null && at - Date.parse(asked.requestedAt) > patientAfterMs
  const pause = asked.failures === 0 ? (isOld ? 6 * hourMs : hourMs) : Math.min(dayMs, hourMs * 2 ** (asked.failures - 1))
  // A little less than the round it is to fall into, which comes by the clock as well.
  return new Date(at + Math.max(pause, (asked.waitSeconds ?? 0) * 1_000) - 60_000).toISOString()
}
