import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'

export interface BenchOptions {
  readonly only: readonly string[]
  readonly size: number
  readonly output: 'table' | 'json' | 'markdown'
  readonly folder: string
  readonly profileFolder: string | null
  readonly wantsHelp: boolean
}

/** A wrong option is a sentence, not a stack. */
export function parseOptions(argv: readonly string[], names: readonly string[]): BenchOptions | { readonly fault: string } {
  let values
  try {
    values = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' }, size: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false }, folder: { type: 'string', default: tmpdir() }, profile: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
  const only = (values.only ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '')
  const unknown = only.find((name) => !names.includes(name))
  if (unknown !== undefined) return { fault: `There is no bench “${unknown}”. There are: ${names.join(', ')}.` }
  const size = Number(values.size.replaceAll(/[,_]/g, ''))
  if (!Number.isInteger(size) || size < 2_000 || size > 10_000_000) return { fault: '--size is a whole number from 2,000 to 10,000,000.' }
  if (values.json && values.markdown) return { fault: '--json and --markdown cannot both be printed.' }
  return {
    only, size, output: values.json ? 'json' : values.markdown ? 'markdown' : 'table', folder: values.folder, profileFolder: values.profile ?? null,
    wantsHelp: values.help,
  }
}
