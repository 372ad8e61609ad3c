/** What had the focus before the first of the dialogs that follow each other. */
let opener: HTMLElement | null = null;

/** Opens a dialog over the window. The platform keeps the focus inside; we give it back. */
export function modal(dialog: HTMLDialogElement): () => void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && !focused.closest('dialog')) opener = focused;
  dialog.showModal();
  dialog.querySelector<HTMLElement>('[data-first-focus]')?.focus();
  return () => {
    // Svelte takes the dialog out without closing it, so the platform does not do this.
    if (!document.querySelector('dialog[open]')) opener?.focus();
  };
}
