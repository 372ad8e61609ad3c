import catalog from '../../../src-tauri/core/texts/errors.json';
import type { ErrorCode, ErrorView } from './types';

/** A refusal of the host. `code` is null when it is not one of ours, such as a broken call. */
export type Failure = Omit<ErrorView, 'code'> & { code: ErrorCode | null };

export function asFailure(thrown: unknown): Failure {
  if (isErrorView(thrown)) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: null, site: null, host: null, detail };
}

function isErrorView(thrown: unknown): thrown is ErrorView {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    thrown.code in catalog
  );
}
