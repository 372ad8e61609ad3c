import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import catalog from '../../src-tauri/core/texts/errors.json';
import { explain, speak } from '../src/i18n';
import { en } from '../src/i18n/en';

const rust = readFileSync('../src-tauri/core/error.rs', 'utf8');
const codes = [
  ...(rust.split('pub enum ErrorCode')[1]?.split('\n}')[0] ?? '').matchAll(/^ {4}(\w+),/gm),
].map(([, name = '']) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase());

describe('error texts', () => {
  it('explain every code of the program, and no other', () => {
    expect(codes.length).toBeGreaterThan(30);
    expect(Object.keys(catalog).toSorted()).toEqual(codes.toSorted());
  });

  it.each(Object.entries(catalog))('%s is told in both languages', (_code, texts) => {
    for (const { what, means, next } of [texts.en, texts.ja]) {
      expect(what).toMatch(/[^.。]$/);
      expect(means).toMatch(/[.。]$/);
      expect(next).toMatch(/[.。]$/);
      for (const text of [what, means, next]) {
        expect(text.replaceAll(/\{(site|host|detail)\}/g, '')).not.toMatch(/[{}!]/);
      }
    }
  });

  it('read naturally when the site and the host are not known', () => {
    const nobody = { site: null, host: null, detail: null };
    expect(explain({ code: 'unreachable', ...nobody }).what).toBe('No answer from the server');
    speak('ja');
    expect(explain({ code: 'unreachable', ...nobody }).what).toBe('サーバーから応答がありません');
  });

  it('keep the words of a server as they are', () => {
    const failure = {
      code: 'unreachable' as const,
      site: null,
      host: '$& <b>{site}',
      detail: null,
    };
    expect(explain(failure).what).toBe('No answer from $& <b>{site}');
  });

  it('say in the language of the page what the program itself found', () => {
    const failure = { code: 'tls_untrusted' as const, site: null, host: null };
    speak('de');
    expect(explain({ ...failure, detail: 'unknown issuer' }).detail).toBe('unbekannter Aussteller');
    expect(explain({ ...failure, detail: 'revoked' }).detail).toBe('revoked');
  });

  it('are in English where German is not written yet', () => {
    speak('de');
    const words = explain({ code: 'unreachable', site: null, host: 'a.example', detail: null });
    expect(words.what).toContain('a.example');
  });

  it('explain a refusal that has no code', () => {
    const failure = { code: null, site: null, host: null, detail: 'command not found' };
    expect(explain(failure)).toMatchObject({
      what: en.error.unknown.what,
      detail: 'command not found',
    });
  });
});

describe('the templates', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.svelte'),
  );

  // The window's policy blocks style attributes and we never show the text of a server as HTML.
  it.each(files)('%s has no style attribute and no raw HTML', (file) => {
    expect(readFileSync(`src/${file}`, 'utf8')).not.toMatch(/\sstyle=|\{@html/);
  });
});
