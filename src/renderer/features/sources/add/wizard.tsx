import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { BackLink } from '../../../components/back-link.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

interface WizardProps {
  readonly title: string
  readonly steps: readonly string[]
  readonly at: number
  readonly children: ReactNode
  readonly foot: ReactNode
}

/** A few steps, one at a time; each new step takes the focus to its heading. */
export const Wizard = ({ title, steps, at, children, foot }: WizardProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(at)
  useEffect(() => {
    if (before.current !== at) heading.current?.focus()
    before.current = at
  }, [at])
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/sources">{t.sources.back}</BackLink>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          <span className="visually-hidden">{t.sources.stepOf(formatNumber(at + 1), formatNumber(steps.length))}</span>
        </div>
        <ol className="wizard-steps">
          {steps.map((step, index) => (
            <li key={step} aria-current={index === at ? 'step' : undefined}>
              <span className="step-number" aria-hidden="true">{formatNumber(index + 1)}</span>
              {step}
            </li>
          ))}
        </ol>
        <div className="section">{children}</div>
        <div className="wizard-foot">{foot}</div>
      </div>
    </div>
  )
}
