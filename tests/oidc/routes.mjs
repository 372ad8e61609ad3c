// What stands around the OAuth server: a person who approves, an API that takes its tokens, and what only a
// test may do. Each is a Koa middleware.

// Keeps every request for tokens, with what came of it, under the person it was for.
export const log = (watch) => async (ctx, next) => {
  await next();
  if (ctx.oidc?.route !== 'token') return;
  const { params = {}, client } = ctx.oidc;
  watch.note(params.code ?? params.refresh_token, {
    client: client?.clientId,
    grant: params.grant_type,
    auth: ctx.headers.authorization ? 'basic' : params.client_secret ? 'body' : 'none',
    verifier: params.code_verifier !== undefined,
    redirect_uri: params.redirect_uri,
    refresh_token: params.refresh_token,
    status: ctx.status,
    error: ctx.body?.error,
  });
};

//   GET  /test/LOGIN/requests              the person's requests for tokens, oldest first
//   POST /test/LOGIN/access-ttl/SECONDS    how long the person's next access tokens live
//   POST /test/LOGIN/expire-access         the access tokens the person has are over
export const levers = (watch) => async (ctx, next) => {
  const [, root, login, lever, value] = ctx.path.split('/');
  if (root !== 'test') return next();
  switch (`${ctx.method} ${lever}`) {
    case 'GET requests':
      ctx.body = watch.requests(login);
      return;
    case 'POST access-ttl':
      watch.setAccessTtl(login, Number(value));
      break;
    case 'POST expire-access':
      await watch.expireAccess(login);
      break;
    default:
      ctx.status = 404;
      return;
  }
  ctx.status = 204;
};

// Sign-in and consent in one step: `?login=LOGIN` approves all that is asked for, `?deny` denies. A browser that was
// sent here without either waits for its person.
export const approval = (provider) => async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { params } = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.query.login === undefined && ctx.query.deny === undefined) {
    ctx.body = 'Who are you?';
    return;
  }
  const result = ctx.query.deny === undefined
    ? await approved(provider, params, ctx.query.login)
    : { error: 'access_denied', error_description: 'The person said no.' };
  const back = await provider.interactionResult(ctx.req, ctx.res, result);
  ctx.status = 303;
  ctx.set('Location', back);
};

async function approved(provider, params, accountId) {
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return { login: { accountId }, consent: { grantId: await grant.save() } };
}

const issues = { open: 7, closed: 3 };

//   GET /api/issues?state=open|closed      {"total": NUMBER}; a token of the scope `issues` only
export const api = (provider) => async (ctx, next) => {
  if (ctx.path !== '/api/issues') return next();
  const [, value] = ctx.get('Authorization').match(/^Bearer (\S+)$/) ?? [];
  const token = value && (await provider.AccessToken.find(value));
  if (!token) return refuse(ctx, 401, 'invalid_token');
  if (!token.scopes.has('issues')) return refuse(ctx, 403, 'insufficient_scope');
  const total = issues[ctx.query.state];
  if (total === undefined) return refuse(ctx, 422, 'unknown_state');
  ctx.body = { total };
};

// RFC 6750 §3.
function refuse(ctx, status, error) {
  ctx.status = status;
  if (status !== 422) ctx.set('WWW-Authenticate', `Bearer error="${error}"`);
  ctx.body = { error };
}
