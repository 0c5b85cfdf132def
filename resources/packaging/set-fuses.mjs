// electron-builder's afterPack: turns off what the app never uses, in Electron's own binary, so that nobody can turn it on from outside.
// Needs @electron/fuses, which only the packaging pipeline installs.
import { join } from 'node:path'

export const fuses = {
  // `ELECTRON_RUN_AS_NODE` would make the signed app a Node for whoever starts it.
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The page is served under app://; nothing is ever loaded from file://.
  GrantFileProtocolExtraPrivileges: false,
}

const programOf = ({ appOutDir, electronPlatformName, packager }) => {
  const name = packager.appInfo.productFilename
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`)
  return join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : packager.executableName)
}

// electron-builder looks for a default export.
// eslint-disable-next-line no-restricted-syntax
export default async function setFuses(context) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
  const named = Object.fromEntries(Object.entries(fuses).map(([name, isOn]) => [FuseV1Options[name], isOn]))
  await flipFuses(programOf(context), { version: FuseVersion.V1, strictlyRequireAllFuses: false, resetAdHocDarwinSignature: context.electronPlatformName === 'darwin', ...named })
}
