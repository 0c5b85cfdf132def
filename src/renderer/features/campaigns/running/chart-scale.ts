import { daysBetween } from '../../../components/format.ts'

export const chart = { width: 560, height: 170, left: 40, right: 10, top: 10, bottom: 24 } as const

export interface Scale {
  readonly x: (day: string) => number
  readonly y: (n: number) => number
  readonly ticks: readonly number[]
  readonly days: number
}

/** A round step of at most four between nothing and the most. */
export const niceStep = (most: number): number => {
  const rough = Math.max(1, most / 4)
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((factor) => factor * size >= rough) ?? 10
  return Math.max(1, step * size)
}

/** Days from left to right, numbers upwards. */
export const chartScale = (from: string, to: string, most: number): Scale => {
  const days = Math.max(1, daysBetween(from, to))
  const step = niceStep(most)
  const top = Math.max(step, Math.ceil(most / step) * step)
  return {
    days,
    x: (day) => chart.left + (Math.min(Math.max(daysBetween(from, day), 0), days) / days) * (chart.width - chart.left - chart.right),
    y: (n) => chart.top + (1 - n / top) * (chart.height - chart.top - chart.bottom),
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step),
  }
}
