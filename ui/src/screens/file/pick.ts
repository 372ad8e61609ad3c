import type { Failure } from '../../bridge/failure';
import { t } from '../../i18n';
import type { Desk } from '../../state/desk.svelte';

/** A site file is a few kilobytes; what is larger is something else. */
const most = 1024 * 1024;

/** Asks for a site file and offers what it holds. */
export function pickSiteFile(desk: Desk): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = '.tallykey';
  field.onchange = () => {
    const file = field.files?.[0];
    if (file) void readSiteFile(desk, file);
  };
  field.click();
}

export function readSiteFile(desk: Desk, file: File): Promise<void> {
  return desk.importText(() => (file.size > most ? tooLarge(file) : file.text()));
}

async function tooLarge(file: File): Promise<string> {
  const failure: Failure = {
    code: 'file_unreadable',
    site: null,
    host: null,
    detail: `${file.name}: ${t('file.tooLarge')}`,
  };
  throw failure;
}

/** A file that is dropped anywhere in the window. */
export function dropSiteFile(desk: Desk): (window: HTMLElement) => () => void {
  return (window) => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      void readSiteFile(desk, file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  };
}
