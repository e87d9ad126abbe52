import { type ReactNode, useId } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

export function ConfirmDialog({
  title,
  text,
  isOpen,
  onOpenChange,
  children,
}: {
  readonly title: string;
  /** What happens when the person confirms. */
  readonly text: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  const textId = useId();
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog" role="alertdialog" aria-describedby={textId}>
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          <p id={textId}>{text}</p>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
