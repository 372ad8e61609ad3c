import type { Failure } from '../../bridge/failure';
import { t } from '../../i18n';

/** A certificate has two kilobytes, a whole chain some ten. */
const most = 64 * 1024;

/** What of a file is handed over: its bytes, as it may be PEM or DER. */
export async function bytesOf(file: File): Promise<number[]> {
  if (file.size > most) {
    const failure: Failure = {
      code: 'not_a_certificate',
      site: null,
      host: null,
      detail: `${file.name}: ${t('trust.tooLarge')}`,
    };
    throw failure;
  }
  return Array.from(new Uint8Array(await file.arrayBuffer()));
}

/** As other programs show it, in pairs, so that two people can read it to each other. */
export function pairs(fingerprint: string): string {
  return fingerprint.toUpperCase().match(/../g)?.join(':') ?? '';
}
