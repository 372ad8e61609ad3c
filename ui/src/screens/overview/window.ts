/** Rows beyond what is seen are not built, from this many on: fewer cost nothing. */
export const fromRows = 40;

/** Rows that are ready above and below while the list is scrolled, so that turning a wheel shows no gap. */
export const spareRows = 8;

/** One row that is built, how many before it are not, and which it is among all sites. */
export type Built<T> = { item: T; skipped: number; index: number };

/** A built row, and the key of its elements. */
export type Drawn<T> = Built<T> & { key: number };

/** From and to, as indices of all rows. */
export type Seen = { from: number; to: number };

/**
 * Which rows the scrolled part of the list shows. `top` is where the first would begin. Headings of
 * groups push rows down by less than what the head of the list covers.
 */
export function seen(top: number, height: number, row: number, spare: number): Seen {
  const first = Math.floor(-top / row);
  return { from: first - spare, to: first + Math.ceil(height / row) + spare };
}

/** What to build of one group, whose first row is the `start`th of all; `kept` is built wherever it is. */
export function built<T>(items: T[], start: number, { from, to }: Seen, kept: number): Built<T>[] {
  const wanted: Built<T>[] = [];
  let skipped = 0;
  for (const [n, item] of items.entries()) {
    const index = start + n;
    if (index === kept || (index >= from && index < to)) {
      wanted.push({ item, skipped, index });
      skipped = 0;
    } else skipped += 1;
  }
  return wanted;
}

/**
 * Elements are dear to make and cheap to write over: what stood at a place goes on with whatever
 * stands there now. Where `stay`, each site keeps its own instead, as the keyboard may be in one.
 */
export function drawn<T extends { id: string }>(
  rows: Built<T>[],
  before: Drawn<T>[],
  stay: boolean,
): Drawn<T>[] {
  const mark = ({ item, index }: Built<T>) => (stay ? item.id : index);
  const keys = new Map(before.map((row) => [mark(row), row.key]));
  let unused = Math.max(0, ...before.map(({ key }) => key + 1));
  return rows.map((row) => ({ ...row, key: keys.get(mark(row)) ?? unused++ }));
}
