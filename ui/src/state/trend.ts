import type { HistoryView, TrendView } from '../bridge/types';
import { format, t } from '../i18n';

/** How a count stood at a moment, in milliseconds. */
export type Point = { at: number; value: number };

/** One line of a chart, oldest point first. */
export type Line = { id: string; label: string; points: Point[] };

export const dayLength = 86_400_000;

/** The days a list shows. */
export const month = 30;

/** A day's number as the person counts days; a clock that is changed does not shift it. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayLength;
}

/** When the first of so many days begins, of which today is the last. */
export function firstOf(days: number, now: number): number {
  const first = new Date(now);
  first.setHours(0, 0, 0, 0);
  first.setDate(first.getDate() - days + 1);
  return first.getTime();
}

/** Dates are slow, and a long list has thousands of them at every key of its filter. */
const known = new WeakMap<TrendView, Point[]>();

/** The days of a list as points; a day counts as a whole, so it stands at its beginning. */
export function pointsOf(trend: TrendView | null): Point[] {
  if (!trend) return [];
  const made = known.get(trend);
  if (made) return made;
  const points = trend.days.map(({ day, value }) => {
    const [year = 0, of = 1, date = 1] = day.split('-').map(Number);
    return { at: new Date(year, of - 1, date).getTime(), value };
  });
  known.set(trend, points);
  return points;
}

export function lineOf(history: HistoryView, count: string, label: string): Line {
  const found = history.series.find((series) => series.count === count);
  const points = (found?.points ?? []).map(({ at, value }) => ({ at: Date.parse(at), value }));
  return { id: count, label, points };
}

/** Points without a whole day missing between them. */
export function pieces(points: Point[]): Point[][] {
  const all: Point[][] = [];
  for (const point of points) {
    const last = all.at(-1);
    const before = last?.at(-1);
    if (last && before && dayOf(point.at) - dayOf(before.at) <= 1) last.push(point);
    else all.push([point]);
  }
  return all;
}

/** Whether there is a line to draw. */
export function isLine(points: Point[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return first !== undefined && last !== undefined && dayOf(first.at) < dayOf(last.at);
}

const placed = new WeakMap<Point[], Map<number, Point>>();

/** The last point of each day that has one, by the day's number. */
export function byDay(points: Point[]): Map<number, Point> {
  const made = placed.get(points) ?? new Map(points.map((point) => [dayOf(point.at), point]));
  placed.set(points, made);
  return made;
}

/** A long weekend: what stood before it may still be told as a week's beginning. */
const slack = 3;

/** How the number moved in seven days; null where that is not known. */
export function weekChange(points: Point[], now: number): number | null {
  const today = dayOf(now);
  const last = points.at(-1);
  const before = points.findLast(({ at }) => dayOf(at) <= today - 7);
  if (!last || !before) return null;
  if (dayOf(last.at) < today - 1 || dayOf(before.at) < today - 7 - slack) return null;
  return last.value - before.value;
}

/**
 * The sum of the same count at several sites, day by day, from the day that all of them are known:
 * a site that comes later is no rise. What a site stood at last still holds.
 */
export function sum(lines: Point[][]): Point[] {
  const days = lines.filter((points) => points.length > 0).map(byDay);
  const firsts = days.map((of) => Math.min(...of.keys()));
  const [first, begin] = [Math.min(...firsts), Math.max(...firsts)];
  const last = Math.max(...days.flatMap((of) => [...of.keys()]));
  const held: (number | undefined)[] = days.map(() => undefined);
  const points: Point[] = [];
  for (let day = first; day <= last; day += 1) {
    const today = days.map((of) => of.get(day)).filter((point) => point !== undefined);
    days.forEach((of, n) => (held[n] = of.get(day)?.value ?? held[n]));
    const at = Math.max(...today.map((point) => point.at));
    if (today.length === 0 || day < begin) continue;
    points.push({ at, value: held.reduce<number>((all, value) => all + (value ?? 0), 0) });
  }
  return points;
}

/** The top of a scale that holds this value and has a whole number in its middle. */
export function top(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    const steps = unit === 1 ? [2, 4, 6, 8, 10] : [2, 3, 4, 5, 6, 8, 10];
    for (const step of steps) if (unit * step >= value) return unit * step;
  }
}

/** What a trend says, in one sentence, and how many days of it are not known. */
export function sentence({ label, points }: Line, now: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || !isLine(points)) return `${label}: ${t('trend.starts')}`;
  const words = {
    label,
    first: format.number(first.value),
    day: format.day(first.at, now),
    last: format.number(last.value),
  };
  const isToday = dayOf(last.at) === dayOf(now);
  const missing = dayOf(last.at) - dayOf(first.at) + 1 - byDay(points).size;
  const told = isToday
    ? t('trend.fromTo', words)
    : t('trend.fromUntil', { ...words, until: format.day(last.at, now) });
  return missing > 0 ? format.sentences(told, t('trend.notCounted', { count: missing })) : told;
}
