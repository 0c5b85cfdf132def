/**
 * What runs in the page before anything else: an `electron` for the preload script, whose messages and ports travel through the
 * bindings of the window double. One world instead of two: context isolation itself is Chromium's to keep and is not shown here.
 */
export const pageSide = (preload: string): string => `(() => {
  if (window !== window.top) return
  const listeners = new Map()
  const relayed = new Map()
  const calls = []
  const electron = {
    // Only Electron knows where a file lies; here the test says so, as a person's choice would.
    webUtils: { getPathForFile: (file) => window.__doublePaths?.[file.name] ?? '' },
    contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: Object.freeze(value), configurable: false }) },
    ipcRenderer: {
      send: (channel, ...args) => void window.__doubleSend(JSON.stringify({ channel, args })),
      invoke: (channel, ...args) => new Promise((resolve) => {
        calls.push(resolve)
        void window.__doubleSend(JSON.stringify({ channel, args, call: calls.length - 1 }))
      }),
      on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
  }
  const moveIn = (relay) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = (event) => {
      if (typeof event.data !== 'string') throw new Error('the double carries text only')
      void window.__doubleSend(JSON.stringify({ relay, data: event.data }))
    }
    relayed.set(relay, port1)
    return port2
  }
  Object.defineProperty(window, '__doubleReceive', { value: (text) => {
    const message = JSON.parse(text)
    if (message.call !== undefined) calls[message.call](message.value)
    else if (message.channel !== undefined) {
      const event = { ports: message.relays.map(moveIn) }
      for (const listener of listeners.get(message.channel) ?? []) listener(event, message.data)
    } else if (message.isClosed === true) {
      relayed.get(message.relay)?.close()
      relayed.delete(message.relay)
    } else relayed.get(message.relay)?.postMessage(message.data)
  } })
  // The app answers every such wish; no window comes of it here either way.
  window.open = (url) => {
    void window.__doubleSend(JSON.stringify({ open: new URL(url ?? 'about:blank', window.location.href).href }))
    return null
  }
  const module = { exports: {} }
  const require = (name) => {
    if (name === 'electron') return electron
    throw new Error('a sandboxed preload script has no ' + name)
  }
  ;(function (require, module, exports) {${preload}
  })(require, module, module.exports)
})()`
