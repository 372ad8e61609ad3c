import type { CopyFormat, SiteView } from '../types';

/** Whoever sees it knows at once that it opens nothing. */
export const sampleToken = 'EXAMPLE-not-a-real-token-0Vw9rKd3uYb2Hc4f2a';

/** As the program shows a copy before it is made: with the end of the token alone. */
export function previewOf({ token, host }: SiteView, format: CopyFormat): string {
  const masked = `…${token?.tail ?? ''}`;
  const address = `https://${host}/users/current.json`;
  return {
    raw: masked,
    header: `Authorization: Bearer ${masked}`,
    curl: ` curl -H "Authorization: Bearer ${masked}" ${address}`,
    httpie: ` http -A bearer -a ${masked} ${address}`,
    powershell: ` Invoke-RestMethod -Headers @{Authorization='Bearer ${masked}'} ${address}`,
    env: `TALLYKEY_TOKEN=${masked}`,
    json: `{"access_token":"${masked}","token_type":"Bearer"}`,
  }[format];
}
