// The page without the program: demo.html?state=connect&lang=ja&theme=dark
import type { DemoHost } from './bridge/demo/host';
import { states } from './bridge/demo/states';
import type { State, Step } from './bridge/demo/walk';
import type { Language, Theme } from './bridge/types';
import { open } from './open';
import { keepLook } from './state/look';
import { asShipped } from './state/settings';

const asked = new URLSearchParams(location.search);
const state = states[asked.get('state') ?? 'overview'];
if (state) start(state);
else listStates();

function start({ host: prepare, steps = [] }: State) {
  const host = prepare();
  const settings = {
    ...asShipped,
    language: (asked.get('lang') ?? 'system') as Language,
    theme: (asked.get('theme') ?? 'system') as Theme,
  };
  host.change({ settings });
  // For the state in which they are not known.
  keepLook(settings);
  open(host);
  void walk(host, steps);
}

function listStates() {
  for (const name of Object.keys(states)) {
    const link = document.createElement('a');
    link.href = `?state=${name}`;
    link.textContent = name;
    document.body.append(link, ' ');
  }
}

async function walk(host: DemoHost, steps: Step[]) {
  await settle();
  for (const step of steps) {
    if ('happens' in step) {
      await step.happens(host);
      await settle();
      continue;
    }
    if ('key' in step) {
      const element = document.querySelector<HTMLElement>(`[data-testid="${step.on}"]`);
      element?.focus();
      for (let n = 0; n < step.times; n += 1) {
        element?.dispatchEvent(new KeyboardEvent('keydown', { key: step.key, bubbles: true }));
      }
      await settle();
      continue;
    }
    const { press, text } = step;
    const element = document.querySelector<HTMLElement>(press);
    if (!element) throw new Error(`nothing to press: ${press}`);
    const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
    if (isField && text) {
      element.value = text;
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    } else {
      element.click();
    }
    await settle();
  }
  document.documentElement.dataset.arrived = 'true';
}

function settle() {
  return new Promise((resolve) => setTimeout(resolve, 40));
}
