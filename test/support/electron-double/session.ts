type PermissionHandler = (contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void
type RequestListener = (details: { readonly url: string }, answer: (response: { readonly cancel?: boolean }) => void) => void

/** What the app asked of its session, kept so that a test can put the questions a browser would. */
export const sessionState: {
  permissionRequest: PermissionHandler | null
  permissionCheck: (() => boolean) | null
  devicePermission: (() => boolean) | null
  beforeRequest: RequestListener | null
} = { permissionRequest: null, permissionCheck: null, devicePermission: null, beforeRequest: null }

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionHandler) => { sessionState.permissionRequest = handler },
    setPermissionCheckHandler: (handler: () => boolean) => { sessionState.permissionCheck = handler },
    setDevicePermissionHandler: (handler: () => boolean) => { sessionState.devicePermission = handler },
    webRequest: { onBeforeRequest: (listener: RequestListener) => { sessionState.beforeRequest = listener } },
    on: () => {},
  },
}

/** Whether the app lets this address be asked at all. */
export const isRequestAllowed = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (sessionState.beforeRequest === null) resolve(true)
    else sessionState.beforeRequest({ url }, ({ cancel }) => resolve(cancel !== true))
  })

/** Without a handler Electron grants everything. */
export const isPermissionGranted = (permission: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (sessionState.permissionRequest === null) resolve(true)
    else sessionState.permissionRequest(null, permission, resolve)
  })

type SchemeHandler = (request: Request) => Promise<Response> | Response

const schemes = new Map<string, { isPrivileged: boolean; handler: SchemeHandler | null }>()

export const protocol = {
  registerSchemesAsPrivileged: (list: readonly { readonly scheme: string }[]) => {
    for (const { scheme } of list) schemes.set(scheme, { isPrivileged: true, handler: null })
  },
  handle: (scheme: string, handler: SchemeHandler) => {
    schemes.set(scheme, { isPrivileged: schemes.get(scheme)?.isPrivileged ?? false, handler })
  },
}

export const schemeHandler = (scheme: string): SchemeHandler | null => schemes.get(scheme)?.handler ?? null
