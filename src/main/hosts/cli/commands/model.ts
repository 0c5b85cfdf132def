import type { Cli } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { follow } from '../progress.ts'
import { campaignNumber, inWorkspace, numberOf } from '../session.ts'
import { count, facts, table } from '../table.ts'

const percent = (part: number, whole: number): string => (whole === 0 ? 'none' : `${Math.floor((100 * part) / whole)} %`)
const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

const obstacles = { 'remote-model': 'runs elsewhere', 'cannot-chat': 'cannot chat' } as const

interface Exam { readonly model: string; readonly packets: number; readonly schemaValid: number; readonly sentences: number; readonly verified: number; readonly millisecondsPerItem: number; readonly isPassed: boolean }

const examLines = (exam: Exam): readonly string[] => facts([
  ['model', exam.model], ['questions', exam.packets], ['answers of the agreed form', percent(exam.schemaValid, exam.packets)],
  ['sentences supported', `${percent(exam.verified, exam.sentences)} (${exam.verified} of ${exam.sentences}; 90 % are needed)`],
  ['time for an item', seconds(exam.millisecondsPerItem)], ['result', exam.isPassed ? 'passed' : 'FAILED'],
])

const named = (model: string | undefined): string => {
  if (model === undefined || model === '') throw new CommandRefusal('Say which model ("muster model list" shows those there are).')
  return model
}

/** Choosing and watching the language model. */
const addSettings = ({ program, doing }: Cli): ReturnType<Cli['program']['command']> => {
  const model = program.command('model').description('the language model on this machine (Ollama) that may word the evidence; it never decides')

  model
    .command('status')
    .description('whether a server answers, which model is chosen, how it went so far')
    .addHelpText('after', `
Example:
  $ muster model status`)
    .action(doing(async (invocation) => {
      const now = await inWorkspace(invocation, ({ client }) => client.languageModel.status())
      const { settings, detection, figures } = now
      return {
        json: now,
        lines: [
          ...facts([
            ['address', `${settings.host}${now.isLoopback ? ' (this machine)' : ' (another machine, allowed by the officer)'}`],
            ['server', detection.state === 'ready' ? `Ollama ${detection.version}` : detection.failure.message],
            ['chosen', settings.chosen === null ? 'none; the words are the fixed sentences' : `${settings.chosen.model} (${settings.chosen.digest.slice(0, 12)})`],
            ['other hosts allowed', settings.allowedHosts.length === 0 ? 'none' : settings.allowedHosts.join(', ')],
            ['narratives asked for', figures.narratives], ['of these in its own words', figures.byModel], ['sentences replaced', figures.replaced],
            ['other opinions', figures.disagreeing],
          ]),
          ...(now.restsForSeconds > 0 ? [`It failed several times in a row and rests for ${count(now.restsForSeconds, 'second')}.`] : []),
        ],
      }
    }))

  model
    .command('list')
    .description('the models on the server, and what they scored in the exam')
    .addHelpText('after', `
Example:
  $ muster model list --json`)
    .action(doing(async (invocation) => {
      const { models, detection } = await inWorkspace(invocation, ({ client }) => client.languageModel.status())
      return {
        json: models,
        lines: detection.state === 'failed' ? [detection.failure.message] : table([
          { title: 'model', of: (one) => one.name }, { title: 'digest', of: (one) => one.digest.slice(0, 12) },
          { title: 'size', of: (one) => gigabytes(one.bytes), align: 'right' }, { title: 'parameters', of: (one) => one.parameters },
          { title: 'exam', of: (one) => (one.obstacle === null ? one.examState : obstacles[one.obstacle]) },
          { title: 'supported', of: (one) => (one.exam === null ? '' : percent(one.exam.verified, one.exam.sentences)), align: 'right' },
          { title: 'form', of: (one) => (one.exam === null ? '' : percent(one.exam.schemaValid, one.exam.packets)), align: 'right' },
          { title: 'per item', of: (one) => (one.exam === null ? '' : seconds(one.exam.millisecondsPerItem)), align: 'right' },
          { title: '', of: (one) => (one.isChosen ? 'chosen' : '') },
        ], models, 'The server has no models yet; "ollama pull NAME" fetches one.'),
      }
    }))

  model
    .command('exam')
    .argument('<model>', 'its name ("muster model list")')
    .description('ask a model about twelve invented cases: 90 % of its sentences have to be supported before it can be chosen')
    .addHelpText('after', `
Example:
  $ muster model exam llama3.2:3b`)
    .action(doing(async (invocation, [name]) => {
      const { terminal } = invocation
      const exam = await inWorkspace(invocation, async ({ client }) =>
        follow(terminal, `Exam of ${named(name)}`, await client.languageModel.exam({ model: named(name) }, { signal: terminal.signal })))
      return { json: exam, lines: examLines(exam), isFailed: !exam.isPassed }
    }))

  model
    .command('choose')
    .argument('<model>', 'its name; it has to have passed the exam as it is')
    .description('let a model word the evidence from now on')
    .addHelpText('after', `
Example:
  $ muster model choose llama3.2:3b`)
    .action(doing(async (invocation, [name]) => {
      const settings = await inWorkspace(invocation, ({ client }) => client.languageModel.choose({ model: named(name) }))
      return { json: settings, lines: [`${settings.chosen?.model ?? ''} words the evidence from now on. Every sentence is checked before anybody sees it.`] }
    }))

  model
    .command('off')
    .description('use the fixed sentences only')
    .addHelpText('after', `
Example:
  $ muster model off`)
    .action(doing(async (invocation) => {
      const settings = await inWorkspace(invocation, ({ client }) => client.languageModel.off())
      return { json: settings, lines: ['No language model is used from now on. What one worded before stays in the record.'] }
    }))
  return model
}

/** Where the server is. */
const addHosts = (model: ReturnType<Cli['program']['command']>, { doing }: Cli): void => {
  model
    .command('host')
    .argument('<address>', 'host and port, such as 127.0.0.1:11434')
    .description('where Ollama is asked for; this machine unless another was allowed')
    .addHelpText('after', `
Example:
  $ muster model host 127.0.0.1:11500`)
    .action(doing(async (invocation, [host = '']) => {
      const settings = await inWorkspace(invocation, ({ client }) => client.languageModel.setHost({ host }))
      return { json: settings, lines: [`Ollama is asked for at ${settings.host}.`] }
    }))

  for (const isAllowed of [true, false]) {
    const verb = isAllowed ? 'allow-host' : 'forbid-host'
    model
      .command(verb)
      .argument('<host>', 'its name, without a port')
      .description(isAllowed ? 'allow evidence (without names) to go to a host beyond this machine; recorded in the log' : 'take that back')
      .addHelpText('after', `
Example:
  $ muster model ${verb} gpu-box.acme.example`)
      .action(doing(async (invocation, [host = '']) => {
        const settings = await inWorkspace(invocation, ({ client }) => client.languageModel.allowHost({ host, isAllowed }))
        return { json: settings, lines: [`Allowed beyond this machine: ${settings.allowedHosts.length === 0 ? 'nothing' : settings.allowedHosts.join(', ')}.`] }
      }))
  }
}

/** Asking for words, and where they came from. */
const addWords = (model: ReturnType<Cli['program']['command']>, { doing }: Cli): void => {
  model
    .command('word')
    .argument('[item]', 'one item of the acting person; left out: the riskiest of a campaign')
    .description('have items worded: one, or the riskiest undecided ones ahead of time')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .option('--riskiest <n>', 'how many (default 50)')
    .option('--again', 'also where an earlier answer was of no use')
    .addHelpText('after', `
Examples:
  $ muster model word --campaign 1 --riskiest 100
  $ muster model word 17 --as rui@acme.example`)
    .action(doing<{ campaign?: string; riskiest?: string; again?: boolean }>(async (invocation, [item], options) => {
      const { terminal } = invocation
      if (item !== undefined) {
        const itemId = numberOf(item, 'item')
        return inWorkspace(invocation, async ({ client }) => {
          const steps = await client.languageModel.word({ itemId, again: options.again === true }, { signal: terminal.signal })
          for await (const step of steps) {
            if (step.state === 'failed') return { json: step, lines: [step.failure.message], isFailed: true }
            if (step.state !== 'done') continue
            const { claims, counter, wordedBy } = await client.review.item({ itemId })
            const sentence = (claim: { readonly pieces: readonly { readonly text: string }[] }): string => claim.pieces.map((piece) => piece.text).join('')
            return {
              json: step,
              lines: [
                ...claims.map(sentence), ...(counter === null ? [] : [`Against: ${sentence(counter)}`]), '',
                `Worded by ${wordedBy}; ${step.wording.replaced} of ${step.wording.sentences} sentences replaced by fixed ones.`,
                ...(step.wording.failure === null ? [] : [step.wording.failure.message]),
              ],
            }
          }
          throw new CommandRefusal('The model ended without an answer; the fixed sentences stand.', 'no-result')
        })
      }
      const most = options.riskiest === undefined ? 50 : numberOf(options.riskiest, 'count of items')
      const done = await inWorkspace(invocation, async ({ client }) => {
        const campaign = await campaignNumber(client, options.campaign)
        return follow(terminal, 'Wording', await client.languageModel.wordRiskiest({ campaign, most }, { signal: terminal.signal }))
      })
      return {
        json: done,
        lines: [
          ...facts([
            ['items', done.asked], ['worded now', done.worded], ['worded before', done.alreadyThere], ['fixed sentences after all', done.unsupported],
            ['other opinions', done.disagreeing],
          ]),
          ...(done.stopped === null ? [] : [`Ended early: ${done.stopped.message}`]),
        ],
        isFailed: done.stopped !== null,
      }
    }))

  model
    .command('record')
    .argument('<item>', 'its number')
    .description('where an item\'s words came from: model, digest, prompt, what it wrote verbatim, which rules it broke')
    .addHelpText('after', `
Example:
  $ muster model record 17 --json`)
    .action(doing(async (invocation, [item]) => {
      const records = await inWorkspace(invocation, ({ client }) => client.languageModel.record({ itemId: numberOf(item, 'item') }))
      return {
        json: records,
        lines: records.length === 0 ? ['No model was asked about this item.'] : records.flatMap((record) => [
          ...facts([
            ['worded by', record.narrator], ['model', `${record.model} (${record.digest})`], ['Ollama', record.ollama], ['at', record.at],
            ['event', record.eventSeq], ['packet', `${record.packetHash} (${record.packetBytes} bytes)`], ['engine', `${record.engineVersion}, score ${record.score}`],
            ['prompt', `${record.promptVersion}, ${record.promptHash}`], ['options', record.options],
            ['sentences', `${record.sentences}, ${record.replaced} replaced`], ['its own verdict', record.verdict ?? 'none'],
            ['rules broken', record.findings.map(({ sentence, codes }) => `${sentence}: ${codes.join(' ')}`).join('; ') || 'none'],
            ['shown text', record.rendered],
          ]),
          ...record.raw.map((raw, at) => `answer ${at + 1}: ${raw}`), '',
        ]),
      }
    }))
}

export const addModel = (cli: Cli): void => {
  const model = addSettings(cli)
  addHosts(model, cli)
  addWords(model, cli)
}
