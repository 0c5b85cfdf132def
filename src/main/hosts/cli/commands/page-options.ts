import type { Command } from 'commander'
import { CommandRefusal } from '../failure.ts'

export interface PageOptions {
  readonly from?: string
  readonly limit?: string
}

export const withPage = (command: Command): Command =>
  command.option('--from <n>', 'skip that many (default 0)').option('--limit <n>', 'show at most that many (default 100, at most 1000)')

const whole = (text: string, option: string, least: number, most: number): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw new CommandRefusal(`${option} is a number from ${least} to ${most}, not "${text}".`)
  return value
}

export const pageOf = (options: PageOptions): { from: number; limit: number } => ({
  from: options.from === undefined ? 0 : whole(options.from, '--from', 0, 999_999_999),
  limit: options.limit === undefined ? 100 : whole(options.limit, '--limit', 1, 1_000),
})
