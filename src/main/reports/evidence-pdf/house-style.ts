// The whole look in one place: one sans in two weights, one mono for hashes, one accent, a twelve-column measure on A4 (points).
import type { TextStyle } from './shaped-text.ts'

export const page = { width: 595.28, height: 841.89, left: 48, right: 48, top: 66, bottom: 56 } as const
export const measure = page.width - page.left - page.right
/** Lowest y a line of text may reach. */
export const floor = page.height - page.bottom

/** Contrast against white: ink 17:1, quiet 5.9:1, accent 7.4:1. */
export const color = { ink: '#14181d', quiet: '#5a636e', accent: '#0a5566', soft: '#8fb8c0', hairline: '#cfd5da', tint: '#f3f6f7',
  paper: '#ffffff' } as const

export const text = {
  label: { voice: 'regular', size: 6.8, leading: 9.2, color: color.quiet },
  small: { voice: 'regular', size: 7.4, leading: 9.8, color: color.ink },
  smallQuiet: { voice: 'regular', size: 7.4, leading: 9.8, color: color.quiet },
  smallStrong: { voice: 'semibold', size: 7.4, leading: 9.8, color: color.ink },
  name: { voice: 'semibold', size: 8.2, leading: 10.4, color: color.ink },
  person: { voice: 'semibold', size: 9, leading: 12, color: color.ink },
  body: { voice: 'regular', size: 8.8, leading: 12.6, color: color.ink },
  bodyQuiet: { voice: 'regular', size: 8.8, leading: 12.6, color: color.quiet },
  bodyStrong: { voice: 'semibold', size: 8.8, leading: 12.6, color: color.ink },
  mono: { voice: 'mono', size: 6.8, leading: 9.2, color: color.ink },
  monoQuiet: { voice: 'mono', size: 6.6, leading: 9.2, color: color.quiet },
  figure: { voice: 'semibold', size: 15, leading: 19, color: color.ink },
  heading: { voice: 'semibold', size: 16, leading: 20, color: color.ink },
  subheading: { voice: 'semibold', size: 10.2, leading: 13.6, color: color.ink },
  title: { voice: 'semibold', size: 23, leading: 27.5, color: color.ink },
  longTitle: { voice: 'semibold', size: 15, leading: 18.5, color: color.ink },
  verdict: { voice: 'semibold', size: 12.5, leading: 16, color: color.ink },
  brand: { voice: 'semibold', size: 8.2, leading: 11, color: color.accent },
} as const satisfies Record<string, TextStyle>

export function tinted(style: TextStyle, ink: string): TextStyle {
  return { ...style, color: ink }
}
