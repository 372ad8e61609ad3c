import type { SiteView } from '../bridge/types';

/** A round of refreshing: from the first site that starts counting until none counts. */
export class Round {
  #all = $state.raw<string[]>([]);
  #busy = $state.raw<string[]>([]);

  get running(): boolean {
    return this.#busy.length > 0;
  }

  get all(): number {
    return this.#all.length;
  }

  get done(): number {
    return this.#all.length - this.#busy.length;
  }

  /** Whether the site was counted in the round that still runs. */
  finished(site: string): boolean {
    return this.running && this.#all.includes(site) && !this.#busy.includes(site);
  }

  follow(sites: SiteView[]): void {
    const busy = sites
      .filter((site) => site.busy === 'counting' || site.busy === 'waiting')
      .map((site) => site.id);
    const before = this.#all.filter((id) => !busy.includes(id));
    this.#all = busy.length > 0 ? [...before, ...busy] : [];
    this.#busy = busy;
  }
}
