import type { ProviderView, SiteView } from '../bridge/types';
import { columns, countOf, densityOf, type Column } from './numbers';
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
    return sites.filter(
      (site) => shows(this.show, site) && matches(this.query, site, productOf(site, providers)),
    );
  }

  arrange(shown: SiteView[], all: number): Arranged[] {
    if (densityOf(all) !== 'line') return [{ group: null, sites: this.#sorted(shown, null) }];
    const byOverdue: Sort = { column: 'overdue', descending: true };
    return groups
      .map((group) => ({
        group,
        sites: this.#sorted(
          shown.filter((site) => groupOf(site) === group),
          byOverdue,
        ),
      }))
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

function matches(query: string, site: SiteView, product: string): boolean {
  const wanted = fold(query);
  return [site.name, site.host, product].some((text) => fold(text).includes(wanted));
}

function productOf(site: SiteView, providers: ProviderView[]): string {
  return providers.find((provider) => provider.id === site.provider)?.name ?? '';
}

/** Full-width and half-width forms, and letter cases, are the same to a person who searches. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase().trim();
}
