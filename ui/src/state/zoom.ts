import type { Host } from '../bridge/host';
import { keep, kept } from './kept';

/** From 80 to 200 %, in the steps of browsers. */
const steps = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** How large the page is drawn. */
export class Zoom {
  #host: Host;
  #factor = 1;

  constructor(host: Host) {
    this.#host = host;
  }

  /** As it was when the window was closed. */
  start(): void {
    const before = Number(kept('zoom'));
    if (steps.includes(before) && before !== 1) this.#set(before);
  }

  by(change: 1 | -1): void {
    const to = steps[steps.indexOf(this.#factor) + change];
    if (to) this.#set(to);
  }

  reset(): void {
    this.#set(1);
  }

  #set(factor: number): void {
    this.#factor = factor;
    keep('zoom', String(factor));
    // Where the web view cannot be zoomed, all stays as it is.
    this.#host.setZoom(factor).catch(() => undefined);
  }
}
