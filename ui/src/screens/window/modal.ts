/** What had the focus before the first of the dialogs that follow each other. */
let opener: HTMLElement | null = null;

/** Opens a dialog over the window. The platform keeps the focus inside; we give it back. */
export function modal(dialog: HTMLDialogElement): () => void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const below = focused?.closest('dialog') ?? null;
  if (focused && !below) opener = focused;
  dialog.showModal();
  dialog.querySelector<HTMLElement>('[data-first-focus]')?.focus();
  return () => {
    // Svelte takes the dialog out without closing it, so the platform does not do this.
    const open = document.querySelector<HTMLDialogElement>('dialog[open]');
    if (below?.open) (focused?.isConnected ? focused : below).focus();
    else if (!open && opener?.isConnected) opener.focus();
    else if (!open) focusPage();
  };
}

/**
 * Esc on the dialog itself. What is inside asks to be cancelled as well, and that rises: a chooser of files
 * that was closed again is no wish to leave.
 */
export function onEsc(event: Event, leave: () => void): void {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  leave();
}

/** Where the keyboard goes on when what it was on is gone: the open site, or the list's row. */
export function focusPage(): void {
  const page = 'main[tabindex], main [role=row][tabindex="0"]';
  document.querySelector<HTMLElement>(page)?.focus();
}
