import { describe, expect, it } from 'vitest';
import { explain, speak, t } from '../src/i18n';
import { ja } from '../src/i18n/ja';

/** The name of each Japanese text into which something is put, and the text. */
function filled(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    if (typeof inner === 'object' && inner) return filled(inner, `${path}${key}.`);
    return String(inner).includes('{{')
      ? [[`${path}${key}`.replace(/_other$/, ''), String(inner)]]
      : [];
  });
}

const texts = filled(ja);
const say = t as (key: string, words: object) => string;
const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
const number = 4;

/** The text with this in all its places, and what i18next alone would have made of it. */
function both(key: string, text: string, value: string): [string, string] {
  const words = Object.fromEntries(
    names(text).map((name) => [name, name === 'count' ? number : value]),
  );
  const plainly = text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name) =>
    name === 'count' ? String(number) : value,
  );
  return [say(key, { count: number, ...words }), plainly];
}

const latin = ['Redmine', 'redmine.example.jp', '18:20', 'a b', '…4f2a', 'é', '🗝'];
const own = ['港湾', 'サーバー', 'あおぞら', '『港』', '１２', '々', '港 湾', 'ﾐﾅﾄ'];

describe('what is filled into a Japanese text', () => {
  it('is in more than a hundred texts', () => {
    expect(texts.length).toBeGreaterThan(100);
  });

  it.each(latin)('keeps its spaces as %s', (value) => {
    speak('ja');
    for (const [key, text] of texts) {
      const [said, plainly] = both(key, text, value);
      expect(said).toBe(plainly);
    }
  });

  it.each(own)('has none beside other Japanese as %s, and nothing else is changed', (value) => {
    speak('ja');
    for (const [key, text] of texts) {
      const [said, plainly] = both(key, text, value);
      expect(said.replaceAll(' ', '')).toBe(plainly.replaceAll(' ', ''));
      for (const part of said.split(value).slice(1)) {
        expect([key, part]).toEqual([
          key,
          expect.not.stringMatching(/^ [\p{scx=Hira}\p{scx=Kana}\p{scx=Han}、。「」（）・]/u),
        ]);
      }
      for (const part of said.split(value).slice(0, -1)) {
        expect([key, part]).toEqual([
          key,
          expect.not.stringMatching(/[\p{scx=Hira}、。「」（）] $/u),
        ]);
      }
    }
  });

  it('keeps the space that parts two nouns', () => {
    speak('ja');
    expect(t('pace.next', { time: '明日 9:05' })).toBe('次の更新 明日 9:05');
  });

  it('is treated the same in the text of an error', () => {
    speak('ja');
    const about = (host: string) =>
      explain({ code: 'unreachable', site: null, host, detail: null });
    expect(about('港湾').what).toBe('港湾から応答がありません');
    expect(about('a.example').what).toBe('a.example から応答がありません');
  });

  it('is left alone in other languages', () => {
    speak('de');
    expect(t('palette.of', { site: '港湾' })).toBe('Alles zu 港湾');
  });
});
