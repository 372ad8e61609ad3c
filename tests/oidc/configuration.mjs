// Who may ask for what, and how strictly.

import { generateKeyPairSync, randomBytes } from 'node:crypto';

// RFC 8252 §7.3: whatever port the browser is sent to, this is what is registered.
const redirect_uris = ['http://127.0.0.1/callback'];

// One of each kind. The second one's credentials hold every sort of character that must be written differently
// in HTTP Basic (RFC 6749 §2.3.1): a colon, a percent sign, a plus, a space, a slash, an ampersand.
// Other alphabets are no choice: appendix A.1 and A.2 allow visible ASCII and the space.
export const clients = [
  { client_id: 'tallykey-public', token_endpoint_auth_method: 'none' },
  {
    client_id: 'tally:key +100%/basic',
    client_secret: 'a:secret +50% & b%2Fc="d"~\\',
    token_endpoint_auth_method: 'client_secret_basic',
  },
  {
    client_id: 'tallykey-body',
    client_secret: 'another secret&client_id=x+y%',
    token_endpoint_auth_method: 'client_secret_post',
  },
].map((client) => ({
  ...client,
  application_type: 'native',
  redirect_uris,
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
}));

const DAY = 24 * 60 * 60;

export const configuration = (watch) => ({
  clients,
  scopes: ['openid', 'issues'],
  claims: { openid: ['sub', 'name'] },
  // Everybody exists; a test makes up a person of its own, so that tests do not meet.
  findAccount: (_, login) => ({ accountId: login, claims: () => ({ sub: login, name: `Person ${login}` }) }),
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  features: {
    devInteractions: { enabled: false },
    revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
  },
  pkce: { required: () => true },
  issueRefreshToken: () => true,
  // Strict rotation: a replaced refresh token that comes back ends the whole family (RFC 9700 §4.14.2).
  rotateRefreshToken: true,
  ttl: {
    AccessToken: (_, token) => watch.accessTtl(token.accountId),
    AuthorizationCode: 60,
    Grant: DAY,
    IdToken: 60,
    Interaction: 600,
    RefreshToken: DAY,
    Session: DAY,
  },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  jwks: { keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })] },
});
