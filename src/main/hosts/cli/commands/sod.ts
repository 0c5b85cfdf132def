import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { conflictState, sodRules, type SodRule } from '../../../../shared/model/sod-rule.ts'
import type { EngineClient } from '../../engine-types.ts'
import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace } from '../session.ts'
import { count, table } from '../table.ts'
import { conflictColumns } from './conflict-columns.ts'
import { pageOf, withPage, type PageOptions } from './page-options.ts'
import { addSodAnswers } from './sod-answers.ts'
import { addSodTags } from './sod-tags.ts'

const rulesIn = (text: string, file: string): SodRule[] => {
  try {
    return sodRules.parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') : 'it is not JSON'
    throw new CommandRefusal(`${file} is not a list of conflict rules (${why}); the rules are as they were.`)
  }
}

const sideText = (side: SodRule['left']): string =>
  [...side.entitlements.map((ref) => (ref.source === null ? ref.id : `${ref.source}:${ref.id}`)), ...side.tags.map((tag) => `#${tag}`)].join(', ')

/** Changes the rules as one set, refused if somebody else changes them in between. */
const changeRules = async (client: EngineClient, change: (rules: readonly SodRule[]) => readonly SodRule[]) => {
  const { rulesHash, rules } = await client.policies.sodOverview()
  return client.policies.setSodRules({ rules: [...change(rules.map(({ rule }) => rule))], basedOn: rulesHash })
}

const inForce = (set: { readonly rules: number; readonly exemptionsEnded: number }): readonly string[] => [
  `${count(set.rules, 'rule')} in force.`, ...(set.exemptionsEnded === 0 ? [] : [`${count(set.exemptionsEnded, 'exemption')} ended with it.`]),
]

export const addSod = (cli: Cli): void => {
  const { program, doing } = cli
  const sod = program.command('sod').description('separation of duties: rights that must not meet in one person')

  sod.command('list').description('the rules in force and how many they catch now').addHelpText('after', `
Example:
  $ muster sod list`)
    .action(doing(async (invocation) => {
      const { rules } = await inWorkspace(invocation, ({ client }) => client.policies.sodOverview())
      return {
        json: rules.map(({ rule, counts }) => ({ ...rule, counts })),
        lines: table([
          { title: 'rule', of: ({ rule }) => rule.id }, { title: 'severity', of: ({ rule }) => rule.severity },
          { title: 'open', of: ({ counts }) => counts.open, align: 'right' }, { title: 'mitigated', of: ({ counts }) => counts.mitigated, align: 'right' },
          { title: 'exempt', of: ({ counts }) => counts.exempt, align: 'right' }, { title: 'name', of: ({ rule }) => rule.name, max: 60 },
          { title: 'any of', of: ({ rule }) => sideText(rule.left) }, { title: 'with any of', of: ({ rule }) => sideText(rule.right) },
          { title: 'unless also', of: ({ rule }) => (rule.compensating === null ? '' : sideText(rule.compensating)) },
        ], rules, 'No rules yet; "muster sod library" shows what could be taken over, "muster sod import FILE" sets your own.'),
      }
    }))

  sod.command('import').argument('<file>', 'JSON: a list of { id, name, severity, description, left, right, … }; a side is a list of ids or { entitlements, tags }')
    .description('replace the rules by those of a file').addHelpText('after', `
Example:
  $ muster sod import conflict-rules.json`)
    .action(doing(async (invocation, [file = '']) => {
      const rules = rulesIn(await readFile(resolve(invocation.terminal.cwd, file), 'utf8'), file)
      const set = await inWorkspace(invocation, ({ client }) => client.policies.setSodRules({ rules }))
      return { json: set, lines: inForce(set) }
    }))

  sod.command('export').argument('<file>', 'a new file').description('write the rules in force to a file that "sod import" takes').addHelpText('after', `
Example:
  $ muster sod export rules-2026-06.json`)
    .action(doing(async (invocation, [file = '']) => {
      const rules = await inWorkspace(invocation, ({ client }) => client.policies.sodRules())
      await writeFile(resolve(invocation.terminal.cwd, file), `${JSON.stringify(rules, null, 2)}\n`, { flag: 'wx' })
      return { json: { file, rules: rules.length }, lines: [`${count(rules.length, 'rule')} written to ${file}.`] }
    }))

  sod.command('library').description('rules that Muster brings along; none is in force until it is adopted').addHelpText('after', `
Example:
  $ muster sod library`)
    .action(doing(async (invocation) => {
      const { areas } = await inWorkspace(invocation, ({ client }) => client.policies.library())
      const rows = areas.flatMap((area) => area.rules.map((rule) => ({ area: area.name, rule })))
      return {
        json: areas,
        lines: table([
          { title: 'area', of: (row) => row.area }, { title: 'rule', of: ({ rule }) => rule.id }, { title: 'severity', of: ({ rule }) => rule.severity },
          { title: 'name', of: ({ rule }) => rule.name, max: 60 }, { title: 'any of', of: ({ rule }) => sideText(rule.left) },
          { title: 'with any of', of: ({ rule }) => sideText(rule.right) },
        ], rows, 'The library is empty.'),
      }
    }))

  sod.command('adopt').argument('<rule...>', 'rules of the library, by their ids').description('put rules of the library in force beside those there are')
    .addHelpText('after', `
Example:
  $ muster sod adopt p2p-supplier-and-payment gl-post-and-approve`)
    .action(doing(async (invocation, [ids]) => {
      const wanted = [ids ?? []].flat()
      const set = await inWorkspace(invocation, async ({ client }) => {
        const known = new Map((await client.policies.library()).areas.flatMap((area) => area.rules).map((rule) => [rule.id, rule]))
        const chosen = wanted.map((id) => {
          const rule = known.get(id)
          if (rule === undefined) throw new CommandRefusal(`The library has no rule "${id}"; "muster sod library" lists them.`)
          return rule
        })
        return changeRules(client, (rules) => [...rules.filter((rule) => !wanted.includes(rule.id)), ...chosen])
      })
      return { json: set, lines: [...inForce(set), 'A rule that names tags catches nobody until rights carry them: "muster sod suggest".'] }
    }))

  sod.command('remove').argument('<rule>', 'the rule\'s id').description('take one rule out of force').addHelpText('after', `
Example:
  $ muster sod remove gl-post-and-approve`)
    .action(doing(async (invocation, [id = '']) => {
      const set = await inWorkspace(invocation, ({ client }) => changeRules(client, (rules) => {
        if (!rules.some((rule) => rule.id === id)) throw new CommandRefusal(`No rule "${id}" is in force.`)
        return rules.filter((rule) => rule.id !== id)
      }))
      return { json: set, lines: inForce(set) }
    }))

  withPage(sod.command('conflicts').description('who is in conflict now, the gravest first').option('--rule <id>', 'of one rule only')
    .option('--state <state>', 'open, mitigated or exempt only')).addHelpText('after', `
Example:
  $ muster sod conflicts --state open`)
    .action(doing<PageOptions & { readonly rule?: string; readonly state?: string }>(async (invocation, _, options) => {
      const state = options.state === undefined ? null : conflictState.safeParse(options.state).data
      if (state === undefined) throw new CommandRefusal(`--state is one of ${conflictState.options.join(', ')}, not "${options.state}".`)
      const page = await inWorkspace(invocation, ({ client }) => client.policies.conflicts({ rule: options.rule ?? null, state, ...pageOf(options) }))
      return { json: page, lines: [...table(conflictColumns, page.lines, 'Nobody is in conflict.'), ...(page.total > page.lines.length ? [`${page.lines.length} of ${page.total}.`] : [])] }
    }))

  addSodAnswers(cli, sod)
  addSodTags(cli, sod)
}
