import { fileBenchesHelp } from './file-benches.ts'
import type { Bench } from './result.ts'

export function helpText(benches: readonly Bench[]): string {
  return `Measures Muster and prints figures and ratios. Nothing is asserted; exit code 1 means that something could not be measured.

  npm run bench                                       everything, in less than a quarter of an hour
  npm run bench -- --only import,scoring              two of them
  npm run bench -- --size 100000                      everything at a tenth of its size
  npm run bench -- --markdown > figures.md            tables for docs/benchmarks.md
  npm run bench -- --only scoring --json              one JSON line a result, the table on stderr
  npm run bench -- --only import --profile profiles   a CPU profile of every step, for Chromium's or VS Code's viewer

  --only NAMES     benches, by comma
  --size N         grants; everything else follows from it (default 1,000,000: scoring of N/100, N/10 and N grants, campaigns
                   of N/100 items, reports of N/200 and N/20 items, logs of N/10 events)
  --folder DIR     where files are made and removed again (default: the system's temporary folder); must be on a disk, or flushes cost nothing
  --json, --markdown, --profile DIR, --help

${fileBenchesHelp}
${benches.map(({ name, about }) => `${name}\n${wrapped(about)}`).join('\n')}
`
}

function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + word.length > 110) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((line) => `    ${line}`).join('\n')
}
