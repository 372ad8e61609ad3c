// A strict OAuth server on loopback, for conformance tests: oidc-provider, written by others, with what it
// may be lenient about switched off. Nothing here decides what OAuth means.
//
//   node server.mjs [PORT]    PORT: argument, environment or 0 for a free one
//
// Says `listening http://127.0.0.1:PORT` once it does. The packages are those of the folder it is started in
// (`npm ci` there, with package.json and package-lock.json), so that they need not lie in this tree.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { configuration } from './configuration.mjs';
import { api, approval, levers, log } from './routes.mjs';
import { Watch } from './watch.mjs';

const packages = createRequire(`${process.cwd()}/`);
const { Provider } = await import(pathToFileURL(packages.resolve('oidc-provider')));

const server = createServer();
server.listen(Number(process.argv[2] ?? process.env.PORT ?? 0), '127.0.0.1', () => {
  // The issuer's name has the port in it, which is known only now.
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const watch = new Watch();
  const provider = new Provider(issuer, configuration(watch));
  watch.follow(provider);
  for (const part of [log(watch), levers(watch), approval(provider), api(provider)]) provider.use(part);
  server.on('request', provider.callback());
  console.log(`listening ${issuer}`);
});
