// Japanese texts have a space around what is filled in, as it is mostly Latin. A Japanese name takes none.

/** Two code points that are no characters, so no text has them: where a value begins and ends. */
const begin = '\ufdd0';
const end = '\ufdd1';
const marks = /[\ufdd0\ufdd1]/g;

const japanese = '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\u3000-\\u303f\\uff00-\\uffef]';
/** Behind a particle or a mark. Between two nouns (次の更新 明日) the space is what parts them. */
const before = new RegExp(
  `([\\p{scx=Hira}\\u3000-\\u303f\\uff00-\\uff65]) (?=${begin}${japanese})`,
  'gu',
);
const after = new RegExp(`(${japanese}${end}) (?=${japanese})`, 'gu');

/** A value that is about to be filled in. */
export function marked(value: string): string {
  return begin + value.replace(marks, '') + end;
}

/** The text that was filled with such values. */
export function spaced(text: string): string {
  return text.replace(before, '$1').replace(after, '$1').replace(marks, '');
}

/** The same words, each text among them marked. */
export function markedAll(words: object): object {
  return Object.fromEntries(
    Object.entries(words).map(([name, value]) => [
      name,
      typeof value === 'string' ? marked(value) : (value as unknown),
    ]),
  );
}
