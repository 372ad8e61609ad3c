import failures from '../../../../src-tauri/core/texts/errors.json';
import words from '../../../../src-tauri/core/texts/doctor.json';
import type { DoctorLine } from '../types';

/** What the doctor finds, with the program's own sentences. */
export function doctorIn(language: string): DoctorLine[] {
  const spoken = language === 'ja' || language === 'de' ? language : 'en';
  const of = (key: keyof typeof words) => words[key][spoken];
  const refused = failures.proxy_failed[spoken];
  return [
    { id: 'keychain', state: 'ok', text: of('keychain'), advice: null },
    {
      id: 'data_folder',
      state: 'ok',
      text: `${of('data_folder')}: /home/yui/.local/share/tallykey`,
      advice: null,
    },
    { id: 'browser', state: 'ok', text: `${of('browser')}: xdg-open`, advice: null },
    { id: 'clock', state: 'warn', text: `${of('clock_ahead')}: 6 min`, advice: of('clock_next') },
    {
      id: 'reach',
      state: 'fail',
      text: refused.what.replace('{host}', 'redmine.example.jp'),
      advice: refused.next,
    },
  ];
}
