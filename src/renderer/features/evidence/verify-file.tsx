import { BackLink } from '../../components/back-link.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { t } from '../../texts/texts.ts'
import { useVerification } from './use-verification.ts'
import { VerificationResult } from './verification-result.tsx'
import './evidence.css'

/** A bundle that was opened as a file: checked at once, wherever it lies. */
export const VerifyFile = ({ path }: { readonly path: string }) => {
  const check = useVerification(path, { takesNews: true })
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/evidence">{t.evidence.title}</BackLink>
          <h1>{t.shell.verifyFile}</h1>
          <p className="mono soft"><DirectoryText>{path}</DirectoryText></p>
        </div>
        <VerificationResult result={check} valid={{ title: t.evidence.valid, text: t.evidence.validText }} invalid={{ title: t.evidence.invalid, text: t.evidence.invalidText }} />
      </div>
    </div>
  )
}
