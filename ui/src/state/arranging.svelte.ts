import { asFailure } from '../bridge/failure';
import type { SiteView } from '../bridge/types';
import { t } from '../i18n';
import type { Desk } from './desk.svelte';

/** A site that is being dragged, and the place it would have now: before the site that is there. */
type Drag = { site: string; gap: number };

/** The order of the sites as a person puts them: seen at once, and put back where it cannot be kept. */
export class Arranging {
  drag = $state.raw<Drag | null>(null);
  /** What came of the last move, for who does not see it. */
  said = $state('');

  #desk: Desk;
  /** The order that is wanted, until the program has it. */
  #wanted = $state.raw<string[] | null>(null);
  #writing = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether the list shows the own order at all: a long one is grouped. */
  get isOffered(): boolean {
    return this.#desk.density !== 'line' && this.#desk.sites.length > 1;
  }

  /** Whether a site can be moved now: all are there, and no column sorts them. */
  get isPossible(): boolean {
    const { sort, query, show } = this.#desk.filter;
    return this.isOffered && !sort && show === 'all' && !query.trim();
  }

  canMove(site: string, by: 1 | -1): boolean {
    const to = this.#place(site) + by;
    return this.isPossible && to >= 0 && to < this.#desk.sites.length;
  }

  /** The sites in the order that is wanted; new ones come last. */
  apply(sites: SiteView[]): SiteView[] {
    const wanted = this.#wanted;
    if (!wanted) return sites;
    const place = ({ id }: SiteView) => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
    return sites.toSorted((a, b) => place(a) - place(b));
  }

  /** One place up or down; whether it moved. */
  move(site: string, by: 1 | -1): boolean {
    if (!this.canMove(site, by)) return false;
    this.#put(site, this.#place(site) + by);
    return true;
  }

  take(site: string): void {
    if (!this.isPossible) return;
    this.#desk.focused = site;
    this.drag = { site, gap: this.#place(site) };
  }

  /** What is dragged is between other sites now. */
  over(gap: number): void {
    if (this.drag && this.drag.gap !== gap) this.drag = { ...this.drag, gap };
  }

  drop(): void {
    const drag = this.drag;
    this.drag = null;
    if (!drag || !this.isPossible) return;
    const from = this.#place(drag.site);
    const to = drag.gap > from ? drag.gap - 1 : drag.gap;
    if (from >= 0 && to !== from) this.#put(drag.site, to);
  }

  cancel(): void {
    this.drag = null;
  }

  /** Where a line shows that the dragged site would come; none where it would stay. */
  lineAt(index: number): 'before' | 'after' | null {
    const drag = this.drag;
    if (!drag) return null;
    const from = this.#place(drag.site);
    if (drag.gap === from || drag.gap === from + 1) return null;
    if (drag.gap === index) return 'before';
    return drag.gap === index + 1 && drag.gap === this.#desk.sites.length ? 'after' : null;
  }

  #place(site: string): number {
    return this.#desk.sites.findIndex(({ id }) => id === site);
  }

  #put(site: string, to: number): void {
    const order = this.#desk.sites.map(({ id }) => id).filter((id) => id !== site);
    order.splice(to, 0, site);
    this.#desk.focused = site;
    this.#desk.refusal = null;
    this.#wanted = order;
    const name = this.#desk.site(site)?.name ?? '';
    this.said = t('row.moved', { site: name, at: to + 1, of: order.length });
    void this.#write();
  }

  /** One after the other, so that the last order is the one that is kept. */
  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    try {
      let written: string[] | null = null;
      while (this.#wanted && this.#wanted !== written) {
        written = this.#wanted;
        await this.#desk.host.arrangeSites(written);
      }
      this.#desk.keepOrder();
    } catch (thrown) {
      this.said = '';
      this.#desk.refusal = { site: null, failure: asFailure(thrown) };
    }
    this.#wanted = null;
    this.#writing = false;
  }
}
