import { fold } from './filter.svelte';

/** From and to, in the text as it is shown. */
export type Range = [number, number];

/** The words of what a person typed, all of which have to be found. */
export function wordsOf(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

/** How well a word fits a text; 0 where it does not. */
export function fit(word: string, text: string): number {
  const at = spread(text);
  const [first] = rangesIn(word, at.folded);
  if (!first) return 0;
  if (first[1] - first[0] < word.length) return 1;
  return isStart(at.folded, first[0]) ? 3 : 2;
}

/** Where the words are in a text, in its own order and without overlaps. */
export function hits(words: string[], text: string): Range[] {
  const { folded, places } = spread(text);
  const found = words
    .flatMap((word) => rangesIn(word, folded))
    .map(([from, to]): Range => [places[from] ?? 0, places[to] ?? text.length])
    .toSorted((a, b) => a[0] - b[0]);
  const merged: Range[] = [];
  for (const [from, to] of found) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** As one piece, best at the start of a word; else piece by piece from starts of words: "kc" is Kaizen Core. */
function rangesIn(word: string, text: string): Range[] {
  let at = text.indexOf(word);
  const anywhere = at;
  while (at >= 0 && !isStart(text, at)) at = text.indexOf(word, at + 1);
  const whole = at >= 0 ? at : anywhere;
  if (whole >= 0) return [[whole, whole + word.length]];
  return pieces(word, text, 0) ?? [];
}

function pieces(word: string, text: string, from: number): Range[] | null {
  if (word === '') return [];
  for (let at = from; at < text.length; at += 1) {
    if (!isStart(text, at) || text[at] !== word[0]) continue;
    let length = 1;
    while (length < word.length && text[at + length] === word[length]) length += 1;
    for (; length > 0; length -= 1) {
      const rest = pieces(word.slice(length), text, at + length);
      if (rest) return [[at, at + length], ...rest];
    }
  }
  return null;
}

function isStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

/** A folded text, and where each of its characters came from. */
function spread(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const char of text) {
    const plain = char.normalize('NFKC').toLocaleLowerCase();
    for (let n = 0; n < plain.length; n += 1) places.push(at);
    folded += plain;
    at += char.length;
  }
  return { folded, places: [...places, at] };
}
