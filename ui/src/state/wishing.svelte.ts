import { asFailure, type Failure } from '../bridge/failure';
import type { CountsSetup, OwnCount, SiteView } from '../bridge/types';
import { pick } from '../i18n';
import type { Desk } from './desk.svelte';

/** What is wished of one count, as it is typed. */
export type Row = {
  id: string;
  label: string;
  shown: boolean;
  /** Digits, or empty for no warning. */
  warn: string;
  notify: boolean;
  own: OwnCount | null;
};

/** The counts of a site as a person wants them; kept as a whole, or not at all. */
export class Wishing {
  readonly site: SiteView;
  phase = $state<'loading' | 'failed' | 'editing' | 'saving'>('loading');
  rows = $state<Row[]>([]);
  failure = $state.raw<Failure | null>(null);

  #desk: Desk;

  constructor(desk: Desk, site: SiteView) {
    this.#desk = desk;
    this.site = site;
  }

  async load(): Promise<void> {
    this.phase = 'loading';
    this.failure = null;
    try {
      this.rows = this.#rowsOf(await this.#desk.host.countsSetup(this.site.id));
      this.phase = 'editing';
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'failed';
    }
  }

  #rowsOf({ wishes, own }: CountsSetup): Row[] {
    const fresh = own
      .filter(({ id }) => !wishes.some((wish) => wish.id === id))
      .map(({ id }) => ({ id, hidden: false, warn: null, notify: false }));
    return [...wishes, ...fresh].map(({ id, hidden, warn, notify }) => {
      const made = own.find((one) => one.id === id) ?? null;
      return {
        id,
        label: made?.label ?? this.#labelOf(id),
        shown: !hidden,
        warn: warn === null ? '' : String(warn),
        notify,
        own: made,
      };
    });
  }

  #labelOf(id: string): string {
    const known = this.#desk.provider(this.site.provider)?.counts ?? [];
    const found = [...this.site.counts, ...known].find((count) => count.id === id);
    return found ? pick(found.label) : id;
  }

  change({ id }: Row, change: Partial<Row>): void {
    const row = this.rows.find((one) => one.id === id);
    if (row) Object.assign(row, change);
  }

  /** Where it is now, from 0; null when it could not move. */
  move(row: Row, by: number): number | null {
    const from = this.rows.findIndex(({ id }) => id === row.id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.rows.length) return null;
    const rows = this.rows.filter(({ id }) => id !== row.id);
    this.rows = [...rows.slice(0, to), row, ...rows.slice(to)];
    return to;
  }

  add(own: OwnCount): void {
    const row = { id: own.id, label: own.label, shown: true, warn: '', notify: false, own };
    this.rows = [...this.rows, row];
  }

  remove(row: Row): void {
    this.rows = this.rows.filter(({ id }) => id !== row.id);
  }

  isNameTaken(name: string): boolean {
    const wanted = name.trim().toLowerCase();
    return this.rows.some(({ label }) => label.toLowerCase() === wanted);
  }

  get isShowingSome(): boolean {
    return this.rows.some(({ shown }) => shown);
  }

  get canSave(): boolean {
    const isEditing = this.phase === 'editing';
    return isEditing && this.isShowingSome && !this.rows.some(({ warn }) => isWrong(warn));
  }

  /** Whether it was kept. */
  async save(): Promise<boolean> {
    if (!this.canSave) return false;
    this.phase = 'saving';
    this.failure = null;
    try {
      await this.#desk.host.setCounts(this.site.id, this.#setup);
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      this.phase = 'editing';
      return false;
    }
  }

  get #setup(): CountsSetup {
    const rows = $state.snapshot(this.rows);
    const wishes = rows.map(({ id, shown, warn, notify }) => ({
      id,
      hidden: !shown,
      warn: warn.trim() === '' ? null : Number(warn),
      notify,
    }));
    return { wishes, own: rows.flatMap(({ own }) => (own ? [own] : [])) };
  }
}

/** Nine digits are more than any tracker has, and fit everywhere. */
export function isWrong(warn: string): boolean {
  return warn.trim() !== '' && !/^[1-9]\d{0,8}$/.test(warn.trim());
}

/** A name nothing else has, and no count of one's own ever had: its history is its own, too. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return `own_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
