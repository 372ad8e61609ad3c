// What was asked for each person, and what a test has changed for one.

const HOUR = 60 * 60;

export class Watch {
  #people = new Map();
  #owners = new Map();
  #provider;

  #person(login) {
    if (!this.#people.has(login)) this.#people.set(login, { accessTtl: HOUR, access: new Set(), requests: [] });
    return this.#people.get(login);
  }

  follow(provider) {
    this.#provider = provider;
    provider.on('access_token.saved', ({ accountId, jti }) => this.#person(accountId).access.add(jti));
    // Whose a code or token is must be known even once it is worth nothing.
    for (const kind of ['authorization_code', 'refresh_token']) {
      provider.on(`${kind}.saved`, ({ accountId, jti }) => this.#owners.set(jti, accountId));
    }
  }

  // A request for tokens by a code or a refresh token. One that was never given out is nobody's.
  note(grant, request) {
    const owner = this.#owners.get(grant);
    if (owner) this.#person(owner).requests.push(request);
  }

  requests(login) {
    return this.#person(login).requests;
  }

  accessTtl(login) {
    return this.#person(login).accessTtl;
  }

  setAccessTtl(login, seconds) {
    this.#person(login).accessTtl = seconds;
  }

  // As if their time were over: to whoever asks, an access token that is gone has run out.
  async expireAccess(login) {
    const { access } = this.#person(login);
    const tokens = await Promise.all([...access].map((id) => this.#provider.AccessToken.find(id)));
    await Promise.all(tokens.map((token) => token?.destroy()));
    access.clear();
  }
}
