declare global {
  interface Window {
    /** Set by the desktop's preload script; absent in a browser. */
    readonly musterHost?: { readonly kind: 'desktop' }
  }
}

export const isDesktop = (): boolean => window.musterHost?.kind === 'desktop'
