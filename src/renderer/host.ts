declare global {
  interface Window {
    /** Set by the desktop's preload script; absent in a browser. */
    readonly musterHost?: {
      readonly kind: 'desktop'
      /** Where a file the person chose or dropped lies; empty for what was made in the page. */
      readonly pathOf: (file: File) => string
    }
  }
}

export const isDesktop = (): boolean => window.musterHost?.kind === 'desktop'
