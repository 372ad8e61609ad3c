import { describe, expect, it } from 'vitest';
import { format, speak, t } from '../src/i18n';

const minute = 60;
const hour = 3600;

describe('a duration', () => {
  it.each([
    [20, 'less than 1 min', '1分未満'],
    [38 * minute, '38 min', '38分'],
    [hour, '1 h', '1時間'],
    [hour + 42 * minute + 59, '1 h 42 min', '1時間42分'],
    [20 * hour + 5 * minute, '20 h', '20時間'],
    [72 * hour, '3 days', '3日'],
  ])('of %i seconds is "%s" and "%s"', (seconds, english, japanese) => {
    expect(format.duration(seconds)).toBe(english);
    speak('ja');
    expect(format.duration(seconds)).toBe(japanese);
  });

  it('is told in German by the case its words ask for', () => {
    speak('de');
    expect(t('row.left', { duration: format.duration(72 * hour) })).toBe('noch 3 Tage');
    expect(t('row.old', { duration: format.age(72 * hour) })).toBe('vor 3 Tagen');
  });

  it('that only tells an age has no minutes beside hours', () => {
    expect(format.age(26 * minute)).toBe('26 min');
    expect(format.age(3 * hour + 4 * minute)).toBe('3 h');
  });
});

describe('a number', () => {
  it('has separators of the language', () => {
    expect(format.number(8883)).toBe('8,883');
  });

  it('is shortened where a list is narrow', () => {
    expect(format.compact(9999)).toBe('9,999');
    expect(format.compact(98765)).toBe('99K');
    expect(format.compact(1_234_567)).toBe('1.2M');
    speak('ja');
    expect(format.compact(98765)).toBe('10万');
  });

  it.each(['en', 'ja', 'de'] as const)('has at most five characters there in %s', (language) => {
    speak(language);
    for (const value of [9_999, 10_000, 98_765, 123_456, 999_499, 999_999, 1_234_567, 9_999_999]) {
      expect(format.compact(value).length).toBeLessThanOrEqual(5);
    }
  });

  it('is shortened in German as well', () => {
    speak('de');
    expect([98_765, 123_456, 1_234_567].map(format.compact)).toEqual(['99k', '123k', '1,2M']);
  });

  it('takes the plural form of its language', () => {
    const days = (count: number) => t('trend.notCounted', { count });
    expect([0, 1, 2].map(days)).toEqual([
      'Not counted on 0 days.',
      'Not counted on 1 day.',
      'Not counted on 2 days.',
    ]);
    speak('ja');
    expect(days(1)).toBe('1日分は集計なし。');
  });
});

describe('a moment', () => {
  const now = new Date(2026, 10, 22, 14, 3).getTime();
  const at = (day: number) => new Date(2026, 10, day, 18, 20).toISOString();

  it('is a time today, a word for the days beside it, and else a date', () => {
    expect(format.moment(new Date(2026, 10, 22, 9, 5).toISOString(), now)).toBe('09:05');
    expect(format.moment(at(21), now)).toBe('yesterday 18:20');
    expect(format.moment(at(23), now)).toBe('tomorrow 18:20');
    expect(format.moment(at(3), now)).toContain('2026');
    expect(format.moment(at(29), now)).toContain('2026');
    speak('ja');
    expect(format.moment(at(21), now)).toBe('昨日 18:20');
  });

  it('counts down in minutes and seconds, and never below nothing', () => {
    expect(format.countdown(582)).toBe('9:42');
    expect(format.countdown(-3)).toBe('0:00');
  });
});
