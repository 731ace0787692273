/**
 * A city's identity provider: oidc-provider with people who need no more than their name. `node identity-provider-process.mjs
 * REDIRECT_URI LOGOUT_URI` prints its issuer and serves until its input ends.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';

const [redirectUri, logoutUri] = process.argv.slice(2);

/** What they are called at the provider; its own names for them are others. */
const claimsOf = (id) => ({ sub: `sub-${id}`, preferred_username: id, name: id });

const client = (client_id) => ({
  client_id,
  client_secret: `${client_id}-secret`,
  redirect_uris: [redirectUri],
  post_logout_redirect_uris: [logoutUri],
});

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

/** Its own would load a font from elsewhere. */
const logoutSource = (ctx, form) => {
  ctx.body = `<!doctype html><meta charset="utf-8"><title>退出</title>${form}
<button form="op.logoutForm" type="submit" name="logout" value="yes">全部退出</button>`;
};

const provider = new Provider(issuer, {
  clients: [client('onevisit'), client('another')],
  claims: { openid: ['sub', 'acr', 'amr'], profile: ['preferred_username', 'name'] },
  acrValues: ['urn:city:two-factors'],
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ['of the tests'] },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => claimsOf(id.replace(/^sub-/, '')) }),
  // Everybody has consented to the city's own system.
  loadExistingGrant: async (ctx) => {
    const { session, client: asking } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});

const PAGE = `<!doctype html><meta charset="utf-8"><title>统一身份认证</title>
<form method="post"><label>统一身份 <input name="login"></label>
<label><input type="checkbox" name="two"> 两种因素</label><button>认证</button></form>`;

const serve = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return serve(request, response);
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    return response.end(PAGE);
  }
  const body = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
  const two = body.has('two') ? { acr: 'urn:city:two-factors', amr: ['pwd', 'otp'] } : { amr: ['pwd'] };
  return provider.interactionFinished(request, response, {
    login: { accountId: `sub-${body.get('login')}`, ...two },
  });
});

console.log(issuer);
process.stdin.resume().on('end', () => process.exit());
