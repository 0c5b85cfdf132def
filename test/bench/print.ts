import type { Machine } from './machine.ts'
import type { Bench, Result } from './result.ts'
import { count } from './result.ts'

type Column = { readonly head: string; readonly isText: boolean; readonly of: (result: Result) => string }

const rounded = (value: number | undefined, digits: (size: number) => number): string => (value === undefined ? '' : value.toFixed(digits(Math.abs(value))))
const seconds = (size: number): number => (size >= 100 ? 0 : size >= 10 ? 1 : 2)
const milliseconds = (size: number): number => (size >= 100 ? 0 : size >= 10 ? 1 : 2)

const columns: readonly Column[] = [
  { head: 'what', isText: true, of: ({ what }) => what },
  { head: 'size', isText: false, of: ({ size }) => count(size) },
  { head: 'seconds', isText: false, of: (result) => rounded(result.seconds, seconds) },
  { head: 'cpu s', isText: false, of: (result) => rounded(result.cpuSeconds, seconds) },
  { head: 'p50 ms', isText: false, of: (result) => rounded(result.p50Ms, milliseconds) },
  { head: 'p99 ms', isText: false, of: (result) => rounded(result.p99Ms, milliseconds) },
  { head: 'max ms', isText: false, of: (result) => rounded(result.maxMs, milliseconds) },
  { head: 'peak MB', isText: false, of: (result) => rounded(result.peakMb, () => 0) },
  { head: 'ratio', isText: false, of: (result) => (result.ratio === undefined ? '' : `${rounded(result.ratio, (size) => (size >= 10 ? 0 : 1))} ×`) },
  { head: 'aim', isText: true, of: ({ aim }) => aim ?? '' },
  { head: 'note', isText: true, of: ({ note, failed }) => (failed === undefined ? (note ?? '') : `FAILED: ${failed.split('\n')[0] ?? ''}`) },
]

/** Only columns that hold something. */
function cellsOf(results: readonly Result[]): { columns: readonly Column[]; rows: readonly (readonly string[])[] } {
  const used = columns.filter(({ of }) => results.some((result) => of(result) !== ''))
  return { columns: used, rows: results.map((result) => used.map(({ of }) => of(result))) }
}

export function tableOf(results: readonly Result[]): string {
  const { columns: used, rows } = cellsOf(results)
  const widths = used.map(({ head }, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => (used[at]?.isText === true ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ').trimEnd()
  return [line(used.map(({ head }) => head)), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}

export function markdownOf(results: readonly Result[]): string {
  const { columns: used, rows } = cellsOf(results)
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(used.map(({ head }) => head)), line(used.map(({ isText }) => (isText ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

export function machineText(machine: Machine): string {
  return [
    `${machine.date}, commit ${machine.commit}`,
    `${machine.cpus} × ${machine.cpu}, ${machine.memoryGb} GB, ${machine.disk}, ${machine.os}; load at the start ${machine.load}`,
    `Node ${machine.node}, SQLite ${machine.sqlite}`,
  ].join('\n')
}

export function machineMarkdown(machine: Machine, command: string): string {
  return [
    '| | |', '|---|---|', `| date | ${machine.date} |`, `| commit | ${machine.commit} |`, `| machine | ${machine.cpus} × ${machine.cpu}, ${machine.memoryGb} GB |`,
    `| disk, system | ${machine.disk}, ${machine.os} |`, `| versions | Node ${machine.node}, SQLite ${machine.sqlite} |`,
    `| load before it began | ${machine.load} |`, `| command | \`${command}\` |`,
  ].join('\n')
}

export function headingOf({ name, title }: Bench): string {
  return `${title} (${name})`
}
