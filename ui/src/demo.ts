// The page without the program: demo.html?state=connect&lang=ja&theme=dark
import type { DemoHost } from './bridge/demo/host';
import { states } from './bridge/demo/states';
import type { State, Step } from './bridge/demo/walk';
import type { Language, Settings, Theme } from './bridge/types';
import { open } from './open';
import { keepLook } from './state/look';
import { asShipped } from './state/settings';

type Look = Pick<Settings, 'language' | 'theme'>;

const asked = new URLSearchParams(location.search);
/** Whether anything but the walk may still change what is shown: where each state is looked at, no time passes in it. */
let goesOn = true;
/** How many states were begun: what one of them put off is not for the next. */
let begun = 0;
const state = states[asked.get('state') ?? 'overview'];
if (!state) listStates();
else if (asked.has('still')) showStill(state);
else void start(state, look());

function look(): Look {
  return {
    language: (asked.get('lang') ?? 'system') as Language,
    theme: (asked.get('theme') ?? 'system') as Theme,
  };
}

/** The state as it is reached, and then any state in any look that is asked for, without another load of the page. */
function showStill(first: State) {
  holdTime();
  let shown = start(first, look());
  addEventListener('show', (event) => {
    const { detail } = event as CustomEvent<Look & { state: string }>;
    const next = states[detail.state];
    if (!next) return;
    delete document.documentElement.dataset.arrived;
    shown = shown.then((close) => close()).then(() => start(next, detail));
  });
}

/**
 * What is shown for some seconds stays for who looks longer: once a state is reached nothing comes due in it.
 * The made-up sites count from the moment the page was loaded, and so does the clock.
 */
function holdTime() {
  const loaded = Date.now();
  window.Date = new Proxy(Date, {
    construct: (date, args) => Reflect.construct(date, args.length ? args : [loaded]) as Date,
    get: (date, name) => (name === 'now' ? () => loaded : (Reflect.get(date, name) as unknown)),
  });
  const later = window.setTimeout.bind(window);
  const held = (run: () => void, milliseconds?: number) => {
    const isOfThePage = goesOn;
    const of = begun;
    return later(() => {
      if (of === begun && !(isOfThePage && !goesOn)) run();
    }, milliseconds);
  };
  window.setTimeout = held as typeof window.setTimeout;
}

async function start({ host: prepare, steps = [] }: State, look: Look) {
  goesOn = true;
  begun += 1;
  const host = prepare();
  const settings = { ...asShipped, ...look };
  host.change({ settings });
  // For the state in which they are not known.
  keepLook(settings);
  const close = open(host);
  await walk(host, steps);
  goesOn = false;
  document.documentElement.dataset.arrived = 'true';
  return close;
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
}

function settle() {
  return new Promise((resolve) => setTimeout(resolve, 40));
}
