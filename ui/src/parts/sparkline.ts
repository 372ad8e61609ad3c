import { dayOf, month, pieces, type Point } from '../state/trend';

/** A trend as it is drawn: its lines, the dots of what nobody counted, and its end. */
export type Drawing = { lines: string[]; dotted: string; x: number; y: number };

/** Room for the dot and half a stroke. */
const edge = 3;

/** The points of a site are the same until they are sent anew, however often its row is built. */
const drawn = new WeakMap<Point[], { key: string; drawing: Drawing }>();

export function draw(points: Point[], today: number, width: number, height: number): Drawing {
  const key = [today, width, height].join();
  const known = drawn.get(points);
  if (known?.key === key) return known.drawing;
  const drawing = drawAnew(points, today, width, height);
  drawn.set(points, { key, drawing });
  return drawing;
}

function drawAnew(points: Point[], today: number, width: number, height: number): Drawing {
  const values = points.map(({ value }) => value);
  const low = Math.min(...values);
  // A single step up or down is no mountain.
  const span = Math.max(Math.max(...values) - low, 2);
  const x = (at: number) => ((dayOf(at) - today + month - 1) / (month - 1)) * (width - edge);
  const y = (value: number) => height - edge - ((value - low) / span) * (height - 2 * edge);
  const place = ({ at, value }: Point) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
  const path = (of: Point[]) => `M${of.map(place).join('L')}`;

  const parts = pieces(points);
  const bridges = parts.slice(1).map((part, n) => {
    const before = parts[n]?.at(-1);
    return before && part[0] ? path([before, part[0]]) : '';
  });
  const last = points.at(-1);
  const isOver = last && dayOf(last.at) < today;
  return {
    lines: parts.map((part) => path(part.length > 1 ? part : [...part, ...part])),
    dotted: bridges.join('') + (isOver ? `M${place(last)}H${width - edge}` : ''),
    x: last ? x(last.at) : 0,
    y: last ? y(last.value) : 0,
  };
}
