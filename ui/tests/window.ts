import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import App from '../src/App.svelte';
import { DemoHost } from '../src/bridge/demo/host';
import type { Script } from '../src/bridge/demo/script';
import type { SiteView } from '../src/bridge/types';

/** The whole page on a made-up host, as a person has it before them. */
export async function openWindow(sites: SiteView[], script: Partial<Script> = {}) {
  const host = new DemoHost(sites, script);
  host.script.overview.settings.language = 'en';
  const person = userEvent.setup({ delay: null });
  render(App, { host });
  await screen.findAllByRole('button');
  await waitFor(() => document.querySelector('main') || Promise.reject(new Error('not there yet')));

  return {
    host,
    person,
    calls: host.script.calls,
    row: (name: string) => find(`[data-testid=site-row][data-site-name="${name}"]`),
    find,
    /** Presses the one button with this hook. */
    press: async (testid: string) => person.click(await screen.findByTestId(testid)),
    open: (name: string) => person.click(find(`[data-site-name="${name}"]`)),
  };
}

export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

export function text(testid: string): string {
  return screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
}
