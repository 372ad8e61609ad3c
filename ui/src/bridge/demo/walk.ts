import { DemoHost } from './host';
import type { Script } from './script';
import { eight } from './sites';

/** How to bring the page into a state: who answers, and what to press on the way there. */
export type State = { host: () => DemoHost; steps?: Step[] };

/**
 * Press the element, or type into it when there is text; press a key on it so many times; or
 * something happens at the host.
 */
export type Step =
  | { press: string; text?: string }
  | { key: string; on: string; times: number }
  | { happens: (host: DemoHost) => unknown };

export const press = (...testids: string[]): Step[] =>
  testids.map((id) => ({ press: `[data-testid="${id}"]` }));

export const type = (testid: string, text: string): Step => ({
  press: `[data-testid="${testid}"]`,
  text,
});

/** A certificate's file is chosen. */
export const chosen: Step = {
  happens: () => {
    const field = document.querySelector<HTMLInputElement>('[data-testid=authority-file]');
    const files = new DataTransfer();
    files.items.add(new File(['-----BEGIN CERTIFICATE-----'], 'plant-ca.pem'));
    if (field) field.files = files.files;
    field?.dispatchEvent(new Event('change', { bubbles: true }));
  },
};

/** Brings a part into sight. */
export const show = (testid: string): Step => ({
  happens: () =>
    document.querySelector(`[data-testid="${testid}"]`)?.scrollIntoView({ block: 'center' }),
});

export const wait = (milliseconds: number): Step => ({
  happens: () => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});

export const row = (name: string): Step => ({ press: `[data-site-name="${name}"]` });

export const with8 = (script: Partial<Script> = {}, steps?: Step[]): State => ({
  host: () => new DemoHost(eight, script),
  steps,
});

export const with8and = (change: (host: DemoHost) => void, steps?: Step[]): State => ({
  host: () => {
    const host = new DemoHost(eight);
    change(host);
    return host;
  },
  steps,
});
