import type { Desk } from '../../state/desk.svelte';
import { hasToken, isConnected } from '../../state/standing';

/** How shortcuts are printed. */
export const commandKey = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

/** Keys that work anywhere in the window. A dialog keeps all keys but one to itself. */
export function onShortcut(event: KeyboardEvent, desk: Desk): void {
  // Some web views load the page anew on these, which is never what was meant here.
  const reload = event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key === 'r');
  if (reload) event.preventDefault();
  else if (event.defaultPrevented) return;
  if (event.isComposing || !desk.overview) return;
  const action = isClearNow(event) ? clearNow(desk) : desk.dialog ? null : actionOf(event, desk);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(event: KeyboardEvent, desk: Desk): (() => unknown) | null {
  const command = event.ctrlKey || event.metaKey;
  const writing = isField(event.target);
  const key = event.key.toLowerCase();
  const site = desk.openedSite ?? desk.site(desk.focused);

  if (command && key === 'n') return () => (desk.dialog = { kind: 'add' });
  if (command && key === ',') return () => (desk.dialog = { kind: 'settings' });
  if (command && key === 'f') return focusFilter;
  if (command && event.shiftKey && key === 'c') return site && openCopyMenu;
  if (command && key === 'c') {
    if (writing || hasSelection() || !site || !hasToken(site)) return null;
    return () => desk.copyToken(site.id, 'raw');
  }
  if (event.altKey && event.key === 'ArrowLeft') return desk.opened ? () => desk.back() : null;
  if (event.key === 'F5') return () => desk.refresh(null);
  if (command || event.altKey || writing) return null;
  if (key === '/') return focusFilter;
  if (key === 'r') return site && isConnected(site) ? () => desk.refresh(site.id) : null;
  if (event.key === 'Escape' && desk.opened) return () => desk.back();
  if (event.key === 'Escape' && desk.round.running) return () => desk.stopRefresh();
  return null;
}

function isClearNow(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'x';
}

function clearNow(desk: Desk): (() => unknown) | null {
  return desk.overview?.clipboard ? () => desk.clearClipboard() : null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea');
}

function hasSelection(): boolean {
  return !(getSelection()?.isCollapsed ?? true);
}

function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.select();
}

function openCopyMenu(): void {
  const opener = 'button[data-copy-as]';
  const inRow = document.activeElement?.closest('[role=row]')?.querySelector<HTMLElement>(opener);
  (inRow ?? document.querySelector<HTMLElement>(opener))?.click();
}
