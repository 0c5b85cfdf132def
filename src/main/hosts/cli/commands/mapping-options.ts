import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { mapping, type Mapping } from '../../../../shared/model/source.ts'
import { collect } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'

export interface MappingOptions {
  readonly mapping?: string
  readonly column?: readonly string[]
  readonly constant?: readonly string[]
  readonly delimiter?: string
  readonly header?: boolean
  readonly split?: string
  readonly dateOrder?: string
}

export const withMappingOptions = (command: Command): Command =>
  command
    .option('--mapping <file>', 'JSON file with a mapping; the options below go over it')
    .option('--column <field=header>', 'read our field from that column (#1, #2 where there is no header); may be repeated', collect)
    .option('--constant <field=value>', 'value for a field the file has no column for; may be repeated', collect)
    .option('--delimiter <text>', 'auto , ; | tab or whitespace')
    .option('--no-header', 'the first line is data')
    .option('--split <text>', 'one cell of the entitlement column holds several, split at this text')
    .option('--date-order <order>', 'auto, day-first or month-first')

const pairs = (given: readonly string[] | undefined, option: string): Record<string, string> =>
  Object.fromEntries((given ?? []).map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw new CommandRefusal(`${option} wants field=value, not "${text}".`)
    return [text.slice(0, at), text.slice(at + 1)]
  }))

const partialMapping = mapping.partial()

const fromFile = async (cwd: string, file: string): Promise<Partial<Mapping>> => {
  const text = await readFile(resolve(cwd, file), 'utf8')
  try {
    return withoutUndefined(partialMapping.parse(JSON.parse(text)))
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') : 'it is not JSON'
    throw new CommandRefusal(`${file} is not a mapping (${why}).`)
  }
}

/** zod's defaults would overrule what the file's own guess says, so only what was written counts. */
const withoutUndefined = (value: Partial<{ [Key in keyof Mapping]: Mapping[Key] | undefined }>): Partial<Mapping> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Partial<Mapping>

const delimiterOf = (text: string): Mapping['delimiter'] => {
  const named = text === 'tab' || text === '\\t' ? '\t' : text
  const parsed = mapping.shape.delimiter.safeParse(named)
  if (!parsed.success) throw new CommandRefusal(`"${text}" is not a delimiter Muster reads; use auto , ; | tab or whitespace.`)
  return parsed.data
}

const dateOrderOf = (text: string): Mapping['dateOrder'] => {
  const parsed = mapping.shape.dateOrder.safeParse(text)
  if (!parsed.success) throw new CommandRefusal(`--date-order is auto, day-first or month-first, not "${text}".`)
  return parsed.data
}

/** The parts of a mapping that were given; null when none was, so that the file's own guess stands. */
export const givenMapping = async (cwd: string, options: MappingOptions): Promise<Partial<Mapping> | null> => {
  const base = options.mapping === undefined ? {} : await fromFile(cwd, options.mapping)
  const columns = { ...base.columns, ...pairs(options.column, '--column') }
  const constants = { ...base.constants, ...pairs(options.constant, '--constant') }
  const given: Partial<Mapping> = {
    ...base,
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(Object.keys(constants).length > 0 ? { constants } : {}),
    ...(options.delimiter === undefined ? {} : { delimiter: delimiterOf(options.delimiter) }),
    // commander sets `header: true` by itself; only `--no-header` says something.
    ...(options.header === false ? { hasHeader: false } : {}),
    ...(options.split === undefined ? {} : { splitEntitlementsAt: options.split }),
    ...(options.dateOrder === undefined ? {} : { dateOrder: dateOrderOf(options.dateOrder) }),
  }
  return Object.keys(given).length === 0 ? null : given
}
