import { execFileSync } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import Database from 'better-sqlite3'

export interface Machine {
  readonly date: string
  readonly commit: string
  readonly cpu: string
  readonly cpus: number
  readonly memoryGb: number
  readonly os: string
  readonly disk: string
  readonly node: string
  readonly sqlite: string
  /** Processes that wanted a processor when the bench began, averaged over a minute: others at work spoil the figures. */
  readonly load: number
}

/** `folder`: where the bench writes; a folder in memory would make every flush free. */
export function describeMachine(folder: string): Machine {
  const sqlite = new Database(':memory:')
  const version = sqlite.prepare('SELECT sqlite_version()').pluck().get()
  sqlite.close()
  return {
    date: new Date().toISOString(), commit: commitOf(), cpu: cpus()[0]?.model ?? 'unknown', cpus: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30), os: `${type()} ${release()}`, disk: fileSystem(folder), node: process.version, sqlite: String(version),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}

function commitOf(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' with changes')
  } catch {
    return 'not a git checkout'
  }
}

/** Magic numbers of linux/magic.h. */
const fileSystems: Readonly<Record<number, string>> = {
  0xef53: 'ext4', 0x01021994: 'tmpfs (in memory)', 0x9123683e: 'btrfs', 0x58465342: 'xfs', 0x794c7630: 'overlayfs', 0x2fc12fc1: 'zfs',
}

function fileSystem(folder: string): string {
  const { type: magic } = statfsSync(folder)
  return fileSystems[magic] ?? `file system 0x${magic.toString(16)}`
}
