import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../texts/texts.ts'

interface DialogProps {
  readonly title: string
  readonly isNarrow?: boolean
  readonly isWide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A modal dialog: keeps the focus inside, gives it back afterwards, closes with Escape. */
export const DialogBox = ({ title, isNarrow = false, isWide = false, onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLElement>(null)
  // What had the focus may have been taken away by what it did (an undo takes its own line away): keys would go nowhere then.
  useEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus()
  })
  return (
    <ModalOverlay className="dialog-veil" isOpen onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Modal className={isNarrow ? 'dialog-box narrow' : isWide ? 'dialog-box wide' : 'dialog-box'}>
        <Dialog className="dialog" ref={dialog}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <button type="button" className="button quiet icon-only" aria-label={t.close} onClick={onClose}>
              <X size={18} aria-hidden="true" />
            </button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
