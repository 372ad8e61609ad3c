import { asFailure, type Failure } from '../bridge/failure';
import type { ItemView, OfferView, SiteView } from '../bridge/types';
import type { Desk } from './desk.svelte';

/** The value that stands for choosing nothing, where that is allowed. */
export const everything = '';

/** What a site offers, and what of it is chosen. */
export class Choosing {
  readonly site: SiteView;
  phase = $state<'loading' | 'failed' | 'choosing' | 'saving'>('loading');
  offers = $state.raw<OfferView[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** The chosen values of each offer. */
  chosen = $state<Record<string, string[]>>({});

  #desk: Desk;

  constructor(desk: Desk, site: SiteView) {
    this.#desk = desk;
    this.site = site;
  }

  async load(): Promise<void> {
    this.phase = 'loading';
    this.failure = null;
    try {
      this.offers = await this.#desk.host.offers(this.site.id);
      this.chosen = Object.fromEntries(
        this.offers.map((offer) => [offer.key, itemsOf(offer, offer.chosen).map(valueOf)]),
      );
      this.phase = 'choosing';
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'failed';
    }
  }

  isChosen(offer: OfferView, value: string): boolean {
    if (value === everything) return this.count(offer) === 0;
    return this.#of(offer).includes(value);
  }

  count(offer: OfferView): number {
    return this.#of(offer).length;
  }

  /** Chooses or leaves these values; where only one may be chosen, it takes the place of another. */
  set(offer: OfferView, values: string[], on: boolean): void {
    const others = this.#of(offer).filter((value) => !values.includes(value));
    const kept = offer.many || !on ? others : [];
    const chosen = on ? [...kept, ...values] : kept;
    this.chosen[offer.key] = chosen.filter((value) => value !== everything);
  }

  /** Whether every offer that holds something has something chosen. */
  get isComplete(): boolean {
    const open = this.offers.filter(({ items }) => items.length > 0);
    return open.length > 0 && open.every((offer) => offer.optional || this.count(offer) > 0);
  }

  /** Whether it was kept. */
  async save(): Promise<boolean> {
    if (this.phase !== 'choosing' || !this.isComplete) return false;
    this.phase = 'saving';
    this.failure = null;
    try {
      await this.#desk.host.choose(this.site.id, this.#answer);
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'choosing';
      return false;
    }
  }

  /** In the order of the server, not of the clicks. */
  get #answer(): Record<string, ItemView[]> {
    const some = this.offers.filter((offer) => offer.optional || this.count(offer) > 0);
    return Object.fromEntries(some.map((offer) => [offer.key, itemsOf(offer, this.#of(offer))]));
  }

  #of(offer: OfferView): string[] {
    return this.chosen[offer.key] ?? [];
  }
}

function itemsOf({ items }: OfferView, values: string[]): ItemView[] {
  return items.filter(({ value }) => values.includes(value));
}

function valueOf({ value }: ItemView): string {
  return value;
}
