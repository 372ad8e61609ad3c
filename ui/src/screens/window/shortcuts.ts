import { t } from '../../i18n';
import type { Desk } from '../../state/desk.svelte';
import type { Show } from '../../state/filter.svelte';
import { hasToken, isConnected } from '../../state/standing';
import { pickSiteFile } from '../file/pick';
import { nextRegion } from './regions';

const isMac = navigator.platform.startsWith('Mac');

/** How a shortcut is printed: "Ctrl K", in German "Strg K". */
export function command(key: string): string {
  return `${isMac ? '⌘' : t('keys.control')} ${key}`;
}

/** "Shift X" */
export function shift(key: string): string {
  return `${t('keys.shift')} ${key}`;
}

const shows: Record<string, Show> = { '1': 'all', '2': 'needsYou', '3': 'overdue' };

/** Keys that work anywhere in the window. A dialog keeps all keys but few to itself. */
export function onShortcut(event: KeyboardEvent, desk: Desk): void {
  // Some web views load the page anew on these, which is never what was meant here.
  const reload = event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key === 'r');
  if (reload) event.preventDefault();
  else if (event.defaultPrevented) return;
  if (event.isComposing || !desk.overview) return;
  const action =
    everywhere(event, desk) ?? (desk.dialog ? inDialog(event, desk) : actionOf(event, desk));
  if (!action) return;
  event.preventDefault();
  action();
}

type Action = (() => unknown) | null;

/** Also while a dialog is open. */
function everywhere(event: KeyboardEvent, desk: Desk): Action {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.shiftKey && key === 'x') {
    return desk.overview?.clipboard ? () => desk.clearClipboard() : null;
  }
  if (key === '+' || key === '=') return () => desk.zoom.by(1);
  if (key === '-') return () => desk.zoom.by(-1);
  if (key === '0') return () => desk.zoom.reset();
  return null;
}

function inDialog(event: KeyboardEvent, desk: Desk): Action {
  const opensPalette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
  return opensPalette && desk.dialog?.kind === 'palette' ? () => (desk.dialog = null) : null;
}

function actionOf(event: KeyboardEvent, desk: Desk): Action {
  if (event.ctrlKey || event.metaKey) return withCommand(event, desk);
  if (event.altKey) return event.key === 'ArrowLeft' && desk.opened ? () => desk.back() : null;
  if (event.key === 'F5') return () => desk.refresh(null);
  if (event.key === 'F6') return () => nextRegion(event.shiftKey);
  if (isField(event.target)) return null;
  const site = desk.openedSite ?? desk.site(desk.focused);
  if (event.key === '/') return focusFilter;
  if (event.key === '?') return () => (desk.dialog = { kind: 'shortcuts' });
  if (event.key.toLowerCase() === 'r') {
    return site && isConnected(site) ? () => desk.refresh(site.id) : null;
  }
  if (event.key !== 'Escape') return null;
  if (desk.opened) return () => desk.back();
  return desk.round.running ? () => desk.stopRefresh() : null;
}

function withCommand(event: KeyboardEvent, desk: Desk): Action {
  const key = event.key.toLowerCase();
  const site = desk.openedSite ?? desk.site(desk.focused);
  if (key === 'c' && event.shiftKey) return site && openCopyMenu;
  if (key === 'c') {
    if (isField(event.target) || hasSelection() || !site || !hasToken(site)) return null;
    return () => desk.copyToken(site.id, desk.form);
  }
  const show = shows[key];
  if (show && desk.sites.length > 0) {
    return () => {
      desk.filter.show = show;
      desk.back();
    };
  }
  const { tryDemo } = desk.stage;
  const actions: Record<string, Action> = {
    k: () => (desk.dialog = { kind: 'palette' }),
    n: () => (desk.dialog = { kind: 'add' }),
    o: () => pickSiteFile(desk),
    ',': () => (desk.dialog = { kind: 'settings' }),
    f: focusFilter,
    w: () => desk.host.closeWindow(),
    q: () => desk.host.quit(),
    d: desk.sites.length === 0 && tryDemo ? tryDemo : null,
  };
  return actions[key] ?? null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea');
}

function hasSelection(): boolean {
  return !(getSelection()?.isCollapsed ?? true);
}

export function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.select();
}

function openCopyMenu(): void {
  const opener = 'button[data-copy-as]';
  const inRow = document.activeElement?.closest('[role=row]')?.querySelector<HTMLElement>(opener);
  (inRow ?? document.querySelector<HTMLElement>(opener))?.click();
}
