import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { collect, type Cli } from '../cli.ts'
import { microRuleKind } from '../../../../shared/model/calendar.ts'
import { CommandRefusal } from '../failure.ts'
import { campaignNumber, inWorkspace, numberOf } from '../session.ts'
import { count, table } from '../table.ts'
import { ladderStep } from './campaign-options.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

interface Delegating { readonly for?: string; readonly to?: string; readonly from?: string; readonly until?: string; readonly reason?: string; readonly end?: string }

/** Standing in for a reviewer, the organisation's calendar, and what each day brings about. */
export const addCalendar = ({ program, doing }: Cli): void => {
  program.command('delegate').description('somebody stands in for a reviewer for some days, also for what lies open already; it ends by itself')
    .option('--for <email>', 'who is away (default: whoever acts)').option('--to <email>', 'who stands in')
    .option('--from <date>', 'first day, YYYY-MM-DD').option('--until <date>', 'last day').option('--reason <text>', 'why; it goes into the evidence')
    .option('--end <id>', 'end this delegation before its time')
    .addHelpText('after', `
Examples:
  $ muster delegate --to ada@acme.example --from 2026-12-21 --until 2027-01-06 --reason "On leave" --as mia@acme.example
  $ muster delegate --end 3 --reason "Back early"
  $ muster delegate`)
    .action(doing<Delegating>(async (invocation, _, options) => inWorkspace(invocation, async ({ client, actor }) => {
      const { to, from, until, reason } = options
      if (options.end !== undefined) {
        const ended = await client.calendar.endDelegation({ delegation: numberOf(options.end, 'delegation'), reason: reason ?? '' })
        return { json: ended, lines: [`Ended; ${count(ended.back, 'item')} went back.`] }
      }
      if (to !== undefined) {
        const made = await client.calendar.delegate({ person: options.for ?? actor.email, to, fromOn: from ?? '', toOn: until ?? '', reason: reason ?? '' })
        const { delegate, fromOn, toOn, person } = made.delegation
        return { json: made, lines: [`${delegate} stands in for ${person} from ${fromOn} to ${toOn}; ${count(made.moved, 'open item')} taken over.`] }
      }
      const all = await client.calendar.delegations()
      return {
        json: all,
        lines: table([
          { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'away', of: (one) => one.person }, { title: 'stands in', of: (one) => one.delegate },
          { title: 'from', of: (one) => one.fromOn }, { title: 'until', of: (one) => one.toOn }, { title: 'state', of: (one) => one.state },
          { title: 'reason', of: (one) => one.reason },
        ], all, 'Nobody stands in for anybody.'),
      }
    })))

  program.command('tick').description('the daily work: stand-ins, people who left, ladders, stages, recurring campaigns, removals, tickets, mail; each thing once')
    .addHelpText('after', `
Example (once a day, by the operating system's own scheduler):
  $ muster tick`)
    .action(doing(async (invocation) => {
      // Nobody is asked for a passphrase here: what cannot be opened is named among what failed.
      const done = await inWorkspace(invocation, ({ client }) => client.calendar.tick(undefined, { signal: invocation.terminal.signal }))
      const moved: readonly (readonly [number, string])[] = [
        [done.rerouted, 'rerouted from people who left'], [done.noted, 'about people who left, noted'],
        [done.stuck, 'without a reviewer: whoever had it has left and nobody else may take it; "muster campaign reassign" gives it to somebody'], [done.delegated, 'given to stand-ins'],
      ]
      const lines = [
        ...moved.filter(([items]) => items > 0).map(([items, what]) => `${count(items, 'item')} ${what}.`),
        ...(done.delegationsEnded > 0 ? [`${count(done.delegationsEnded, 'delegation')} ended.`] : []),
        ...done.steps.map(({ campaign, action, day }) => `Campaign ${campaign}: ${action.replaceAll('-', ' ')} (day ${day}).`),
        ...done.stagesOpened.map((campaign) => `Campaign ${campaign}: the next stage is open.`),
        ...done.drafts.map((campaign) => `Campaign ${campaign} is a new draft; launch it when it is right.`),
        ...done.microReviews.map((campaign) => `Campaign ${campaign} was opened by a rule.`),
        ...(done.removals.planned > 0 ? [`${count(done.removals.planned, 'removal')} planned, ${done.removals.alreadyGone} proved gone already.`] : []),
        ...(done.automatic.removed > 0 ? [`${count(done.automatic.removed, 'right')} removed by the named low-risk rules.`] : []),
        ...(done.automatic.notRemoved > 0 ? [`${count(done.automatic.notRemoved, 'right')} a rule covers could not be removed; "muster remediation list" says why.`] : []),
        ...(done.tickets.done > 0 ? [`${count(done.tickets.done, 'ticket')} done; the next sync proves it.`] : []),
        ...(done.tickets.dropped > 0 ? [`${count(done.tickets.dropped, 'ticket')} ended without being done; its removals are planned again.`] : []),
        ...(done.tickets.missing > 0 ? [`${count(done.tickets.missing, 'ticket')} not known any more where it was opened.`] : []),
        ...(done.letters.sent > 0 ? [`${count(done.letters.sent, 'letter')} sent by mail.`] : []),
        ...(done.letters.refused > 0 ? [`${count(done.letters.refused, 'letter')} refused by the mail server; "muster mail letters" says why, and they are tried again.`] : []),
        ...(done.letters.unknown > 0 ? [`${count(done.letters.unknown, 'letter')} of unknown fate: handed to the mail server without an answer, not sent again.`] : []),
        ...(done.usedAfter > 0 ? [`${count(done.usedAfter, 'right')} used after the decision to take it away.`] : []),
        ...(done.alarms > 0 ? [`${count(done.alarms, 'right')} came back after being proved gone; "muster remediation list --alarms" shows them.`] : []),
        ...done.overdue.map((campaign) => `Campaign ${campaign} is past its last day; close it or extend it.`),
      ]
      const failures = done.failed.map(({ step, reason }) => `FAILED, ${step.replaceAll('-', ' ')}: ${reason}`)
      const said = [...lines, ...failures]
      return { json: done, lines: said.length === 0 ? [`Nothing to do on ${done.day}.`] : said, isFailed: failures.length > 0 }
    }))

  const calendar = program.command('calendar').description('holidays, recurring campaigns, and letters the ladders ask for')

  calendar.command('holidays').argument('[day...]', 'YYYY-MM-DD=name; replaces the whole list')
    .description('days that are not worked, weekends aside').option('--none', 'no holidays at all')
    .addHelpText('after', `
Examples:
  $ muster calendar holidays
  $ muster calendar holidays "2026-12-25=Christmas" "2027-01-01=New Year"`)
    .action(doing<{ none?: boolean }>(async (invocation, [given], options) => {
      const days = ((given as unknown as readonly string[] | undefined) ?? []).map((one) => ({ day: one.slice(0, 10), name: one.slice(11) || 'Holiday' }))
      const kept = await inWorkspace(invocation, ({ client }) =>
        days.length > 0 || options.none === true ? client.calendar.setHolidays({ days }) : client.calendar.holidays())
      return { json: kept, lines: table([{ title: 'day', of: (one) => one.day }, { title: 'name', of: (one) => one.name }], kept, 'No holidays; only weekends are not worked.') }
    }))

  calendar.command('recur').argument('[campaign]', 'a campaign whose rules come again')
    .description('a draft with the same rules by the calendar, for an officer to launch')
    .option('--first <date>', 'the first day').option('--every <months>', 'every how many months').option('--due <days>', 'working days its reviewers have', '15')
    .option('--end <id>', 'no more drafts of this one, until it is resumed').option('--resume <id>', 'drafts of this one again')
    .addHelpText('after', `
Examples:
  $ muster calendar recur 1 --first 2027-01-04 --every 3 --due 15
  $ muster calendar recur --end 1
  $ muster calendar recur --resume 1
  $ muster calendar recur`)
    .action(doing<{ first?: string; every?: string; due: string; end?: string; resume?: string }>(async (invocation, [id], options) => inWorkspace(invocation, async ({ client }) => {
      if (options.end !== undefined) await client.calendar.endRecurrence({ recurrence: numberOf(options.end, 'recurring campaign') })
      else if (options.resume !== undefined) await client.calendar.resumeRecurrence({ recurrence: numberOf(options.resume, 'recurring campaign') })
      else if (options.first !== undefined) {
        const { campaign } = await client.campaigns.status({ campaign: await campaignNumber(client, id) })
        await client.calendar.setRecurrence({
          spec: campaign.spec, rule: { firstOn: options.first, everyMonths: numberOf(options.every ?? '3', 'months'), dueDays: numberOf(options.due, 'days') },
        })
      }
      const all = await client.calendar.recurrences()
      return {
        json: all,
        lines: table([
          { title: 'id', of: (one) => one.id, align: 'right' }, { title: 'name', of: (one) => one.spec.name }, { title: 'every', of: (one) => `${one.rule.everyMonths} months` },
          { title: 'next', of: (one) => (one.isActive ? one.nextOn : 'paused') },
        ], all, 'No campaign comes again by itself.'),
      }
    })))

  calendar.command('week').argument('[day...]', 'days of the week that are worked, such as Mon Tue Wed Thu Fri')
    .description('the days of the week that are worked; reminders, due days and ladders count these')
    .addHelpText('after', `
Examples:
  $ muster calendar week
  $ muster calendar week Sun Mon Tue Wed Thu`)
    .action(doing(async (invocation, [given]) => inWorkspace(invocation, async ({ client }) => {
      const worked = ((given as unknown as readonly string[] | undefined) ?? []).map((word) => {
        const day = weekdays.findIndex((one) => word.length >= 3 && one.toLowerCase().startsWith(word.toLowerCase()))
        if (day < 0) throw new CommandRefusal(`"${word}" is no day of the week; there are ${weekdays.join(', ')}.`)
        return day
      })
      const before = await client.calendar.settings()
      const kept = worked.length === 0 ? before : await client.calendar.setSettings({ ...before, weekend: weekdays.map((_, day) => day).filter((day) => !worked.includes(day)) })
      return { json: kept, lines: [`Worked on ${weekdays.filter((_, day) => !kept.weekend.includes(day)).join(', ')}.`] }
    })))

  calendar.command('ladder').argument('[step...]', 'working days before (-) or after the due day, and what happens then: -3=remind')
    .description('the ladder new campaigns begin with; those there are keep their own').option('--none', 'no ladder')
    .addHelpText('after', `
Examples:
  $ muster calendar ladder
  $ muster calendar ladder -- -5=remind -1=remind 2=add-manager 5=replace-by-manager`)
    .action(doing<{ none?: boolean }>(async (invocation, [given], options) => inWorkspace(invocation, async ({ client }) => {
      const steps = ((given as unknown as readonly string[] | undefined) ?? []).map(ladderStep)
      const before = await client.calendar.settings()
      const kept = steps.length > 0 || options.none === true ? await client.calendar.setSettings({ ...before, escalation: steps }) : before
      return {
        json: kept,
        lines: table([{ title: 'day', of: (one) => one.day, align: 'right' }, { title: 'what', of: (one) => one.action }], kept.escalation, 'New campaigns begin without a ladder.'),
      }
    })))

  calendar.command('letters').description('take the letters the ladders ask for; taking them counts as reminding, and they are not sent by mail any more')
    .option('--out <file>', 'write them to a file').option('--only <email>', 'show only these', collect)
    .addHelpText('after', `
Example:
  $ muster calendar letters --out reminders.txt`)
    .action(doing<{ out?: string; only?: readonly string[] }>(async (invocation, _, options) => {
      const letters = await inWorkspace(invocation, ({ client }) => client.calendar.takeLetters({}))
      const shown = letters.filter(({ person }) => options.only?.includes(person) ?? true)
      const text = shown.map((letter) => `To: ${letter.name} <${letter.person}>\nSubject: ${letter.subject}\n\n${letter.text}\n`).join('\n---\n\n')
      if (options.out !== undefined && shown.length > 0) await writeFile(resolve(invocation.terminal.cwd, options.out), text, { flag: 'wx', mode: 0o600 })
      return {
        json: letters,
        lines: shown.length === 0 ? ['No letters wait.'] : options.out === undefined ? text.split('\n') : [`${count(shown.length, 'letter')} written to ${options.out}; noted in the log.`],
      }
    }))

  program.command('micro').argument('[rule]', 'mover, privileged-grant, conflict, unused-privileged, contractor-end or came-back')
    .description('small campaigns that open by rule between the others, and what the rules saw')
    .option('--days <days>', 'a mover\'s grace period; how long unused; how soon a contract ends', '14').option('--due <days>', 'working days its reviewers have', '10')
    .option('--off', 'switch the rule off')
    .addHelpText('after', `
Examples:
  $ muster micro mover --days 14 --due 10
  $ muster micro contractor-end --days 30
  $ muster micro conflict --off
  $ muster micro`)
    .action(doing<{ days: string; due: string; off?: boolean }>(async (invocation, [rule], options) => inWorkspace(invocation, async ({ client }) => {
      if (rule !== undefined) {
        const kind = microRuleKind.safeParse(rule)
        if (!kind.success) throw new CommandRefusal(`There is no rule "${rule}"; there are ${microRuleKind.options.join(', ')}.`)
        await client.calendar.setMicroRule({ kind: kind.data, days: numberOf(options.days, 'days'), dueDays: numberOf(options.due, 'days'), isActive: options.off !== true })
      }
      const [rules, cases] = [await client.calendar.microRules(), await client.calendar.microCases()]
      return {
        json: { rules, cases },
        lines: [
          ...table([
            { title: 'rule', of: (one) => one.kind }, { title: 'days', of: (one) => one.days, align: 'right' }, { title: 'due after', of: (one) => one.dueDays, align: 'right' },
            { title: 'is', of: (one) => (one.isActive ? 'on' : 'off') },
          ], rules, 'No rule is set.'),
          ...table([
            { title: 'rule', of: (one) => one.kind }, { title: 'person', of: (one) => one.person }, { title: 'what', of: (one) => one.why }, { title: 'due', of: (one) => one.dueOn },
            { title: 'state', of: (one) => one.state }, { title: 'campaign', of: (one) => one.campaign ?? '', align: 'right' },
          ], cases, ''),
        ],
      }
    })))
}
