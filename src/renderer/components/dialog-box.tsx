import { X } from 'lucide-react'
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
export const DialogBox = ({ title, isNarrow = false, isWide = false, onClose, children }: DialogProps) => (
  <ModalOverlay className="dialog-veil" isOpen onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
    <Modal className={isNarrow ? 'dialog-box narrow' : isWide ? 'dialog-box wide' : 'dialog-box'}>
      <Dialog className="dialog">
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
