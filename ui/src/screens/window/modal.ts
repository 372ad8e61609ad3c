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
    if (document.querySelector('dialog[open]')) return;
    if (opener?.isConnected) opener.focus();
    else focusPage();
  };
}

/** Where the keyboard goes on when what it was on is gone: the open site, or the list's row. */
export function focusPage(): void {
  const page = 'main[tabindex], main [role=row][tabindex="0"]';
  document.querySelector<HTMLElement>(page)?.focus();
}
