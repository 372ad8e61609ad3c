import type { ProviderView, SiteView } from '../bridge/types';
import { columns, countOf, type Column, type Density } from './numbers';
import { groupOf, type Group } from './standing';

export type Show = 'all' | 'needsYou' | 'overdue';

export type Sort = { column: Column; descending: boolean } | null;

/** Sites under one heading; a short list has a single group without one. */
export type Arranged = { group: Group | null; sites: SiteView[] };

const groups: Group[] = ['needsYou', 'waiting', 'upToDate'];

/** Which sites the list shows, and in which order. */
export class Filter {
  query = $state('');
  show = $state<Show>('all');
  sort = $state<Sort>(null);

  apply(sites: SiteView[], providers: ProviderView[]): SiteView[] {
    const wanted = fold(this.query);
    const product = ({ provider }: SiteView) =>
      providers.find(({ id }) => id === provider)?.name ?? '';
    return sites.filter(
      (site) => shows(this.show, site) && searched(site, product(site)).includes(wanted),
    );
  }

  arrange(shown: SiteView[], density: Density): Arranged[] {
    if (density !== 'line') return [{ group: null, sites: this.#sorted(shown, null) }];
    const byOverdue: Sort = { column: 'overdue', descending: true };
    const members: Record<Group, SiteView[]> = { needsYou: [], waiting: [], upToDate: [] };
    for (const site of shown) members[groupOf(site)].push(site);
    return groups
      .map((group) => ({ group, sites: this.#sorted(members[group], byOverdue) }))
      .filter(({ sites }) => sites.length > 0);
  }

  toggleSort(column: Column): void {
    if (this.sort?.column !== column) this.sort = { column, descending: true };
    else if (this.sort.descending) this.sort = { column, descending: false };
    else this.sort = null;
  }

  clear(): void {
    this.query = '';
    this.show = 'all';
  }

  #sorted(sites: SiteView[], usual: Sort): SiteView[] {
    const sort = this.sort ?? usual;
    if (!sort) return sites;
    const sign = sort.descending ? -1 : 1;
    const keys = [sort.column, ...columns.filter((column) => column !== sort.column)];
    return sites.toSorted((a, b) => {
      for (const key of keys) {
        const [x, y] = [countOf(a, key), countOf(b, key)];
        if (x === y) continue;
        // Sites without a number come last in either direction.
        if (x === null || y === null) return x === null ? 1 : -1;
        return sign * (x - y);
      }
      return 0;
    });
  }
}

export function shows(show: Show, site: SiteView): boolean {
  if (show === 'needsYou') return groupOf(site) === 'needsYou';
  if (show === 'overdue') return (countOf(site, 'overdue') ?? 0) > 0;
  return true;
}

/** What is searched of each site, folded once: typing must not wait for it. */
const folded = new WeakMap<SiteView, { product: string; text: string }>();

export function searched(site: SiteView, product: string): string {
  const known = folded.get(site);
  if (known?.product === product) return known.text;
  const text = [site.name, site.host, product].map(fold).join('\n');
  folded.set(site, { product, text });
  return text;
}

/** Full-width and half-width forms, and letter cases, are the same to a person who searches. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase().trim();
}
