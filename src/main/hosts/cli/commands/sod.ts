import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { sodRule, type SodRule } from '../../../../shared/model/sod-rule.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace } from '../session.ts'
import { count, table } from '../table.ts'

const rulesIn = (text: string, file: string): SodRule[] => {
  try {
    return z.array(sodRule).parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') : 'it is not JSON'
    throw new CommandRefusal(`${file} is not a list of conflict rules (${why}); the rules are as they were.`)
  }
}

const sideText = ({ entitlements, tags }: SodRule['left']): string => [...entitlements.map((ref) => ref.id), ...tags.map((tag) => `#${tag}`)].join(', ')

export const addSod = ({ program, doing }: Cli): void => {
  const sod = program.command('sod').description('separation of duties: rights that must not meet in one person')

  sod
    .command('list')
    .description('the rules in force')
    .addHelpText('after', `
Example:
  $ muster sod list`)
    .action(doing(async (invocation) => {
      const rules = await inWorkspace(invocation, ({ client }) => client.policies.sodRules())
      return {
        json: rules,
        lines: table([
          { title: 'rule', of: (rule) => rule.id }, { title: 'severity', of: (rule) => rule.severity }, { title: 'name', of: (rule) => rule.name, max: 60 },
          { title: 'any of', of: (rule) => sideText(rule.left) }, { title: 'with any of', of: (rule) => sideText(rule.right) },
        ], rules, 'No rules yet; "muster sod import FILE" sets them.'),
      }
    }))

  sod
    .command('import')
    .argument('<file>', 'JSON: a list of { id, name, severity, description, left, right }')
    .description('replace the rules by those of a file')
    .addHelpText('after', `
Example:
  $ muster sod import conflict-rules.json`)
    .action(doing(async (invocation, [file = '']) => {
      const rules = rulesIn(await readFile(resolve(invocation.terminal.cwd, file), 'utf8'), file)
      const set = await inWorkspace(invocation, ({ client }) => client.policies.setSodRules({ rules }))
      return { json: set, lines: [`${count(set.rules, 'rule')} in force.`] }
    }))
}
