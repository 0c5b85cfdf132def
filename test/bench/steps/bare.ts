import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dayBefore } from '../data/files.ts'
import { accountName, entitlementName, organisation } from '../data/organisation.ts'
import { numberOf, textOf, type Step } from '../result.ts'
import { median, stopwatch } from '../timing.ts'

/** The store's own, so that the yardstick is flushed to the disk in the same way. */
export const storePragmas = ['journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY', 'cache_size = -65536'] as const

export function openBare(path: string): Database.Database {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
  const sqlite = new Database(path)
  for (const pragma of storePragmas) sqlite.pragma(pragma)
  return sqlite
}

/**
 * Input: `grants`, `folder`, `repeats`. The same rows as the file's, from memory, through one prepared statement in one transaction.
 * `seconds`: a table without any index; `keyedSeconds`: with account and entitlement as its key, without which no row can be found again.
 */
export const bareInserts: Step = (input) => {
  const made = organisation(numberOf(input, 'grants'))
  const accounts = Array.from({ length: made.people }, (_, person) => accountName(person))
  const entitlements = Array.from({ length: made.entitlements }, (_, right) => entitlementName(right))
  const once = (table: string): { seconds: number; cpuSeconds: number } => {
    const sqlite = openBare(join(textOf(input, 'folder'), 'bare.db'))
    sqlite.exec(table)
    const insert = sqlite.prepare('INSERT INTO bare (account, entitlement, granted_at) VALUES (?, ?, ?)')
    const stop = stopwatch()
    sqlite.exec('BEGIN')
    for (let row = 0; row < made.person.length; row++) {
      insert.run(accounts[made.person[row] as number], entitlements[made.entitlement[row] as number], dayBefore(made.age[row] as number))
    }
    sqlite.exec('COMMIT')
    const spent = stop()
    sqlite.close()
    return spent
  }
  const plain: ReturnType<typeof once>[] = []
  const keyed: ReturnType<typeof once>[] = []
  for (let repeat = 0; repeat < numberOf(input, 'repeats'); repeat++) {
    plain.push(once('CREATE TABLE bare (account TEXT NOT NULL, entitlement TEXT NOT NULL, granted_at TEXT) STRICT'))
    keyed.push(once('CREATE TABLE bare (account TEXT NOT NULL, entitlement TEXT NOT NULL, granted_at TEXT, PRIMARY KEY (account, entitlement)) STRICT, WITHOUT ROWID'))
  }
  const middle = (spent: typeof plain, name: 'seconds' | 'cpuSeconds'): number => median(spent.map((one) => one[name]))
  return Promise.resolve({
    figures: {
      seconds: middle(plain, 'seconds'), cpuSeconds: middle(plain, 'cpuSeconds'), keyedSeconds: middle(keyed, 'seconds'),
      keyedCpuSeconds: middle(keyed, 'cpuSeconds'),
    },
  })
}
