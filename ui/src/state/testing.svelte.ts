import { asFailure, type Failure } from '../bridge/failure';
import type { Host } from '../bridge/host';
import type { TestView } from '../bridge/types';

/** The test of one connection, and what it found, for as long as its site is on show. */
export class Testing {
  site = $state<string | null>(null);
  /** Null while the site is asked. */
  result = $state.raw<TestView | Failure | null>(null);

  readonly #host: Host;
  #last = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  async run(site: string): Promise<void> {
    const turn = ++this.#last;
    this.site = site;
    this.result = null;
    const result = await this.#host.testSite(site).catch(asFailure);
    // The person may have gone on meanwhile.
    if (turn === this.#last) this.result = result;
  }

  forget(): void {
    this.#last += 1;
    this.site = null;
    this.result = null;
  }
}
