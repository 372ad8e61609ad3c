// Shows the states of the demo in a Chromium, under the window's own policy. It is driven over its
// debugging pipe, so no driver has to be installed.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

/** Sizes of the window and looks of the page, as "720x480,1040x720" and "en.light,ja.dark".
 * @param {{ sizes: string, looks: string }} usual */
export function wanted(usual) {
  const sizes = (process.env.SIZES ?? usual.sizes).split(',').map((size) => {
    const [width = 0, height = 0] = size.split('x').map(Number);
    return { width, height };
  });
  const looks = (process.env.LOOKS ?? usual.looks).split(',').map((look) => look.split('.'));
  return looks.flatMap(([lang, theme]) => sizes.map((size) => ({ lang, theme, ...size })));
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'";
/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Files the page does not have, for who looks at it.
 * @type {Map<string, string>} */
const beside = new Map();

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  // The browser asks for it by itself, the page never.
  if (path === '/favicon.ico') {
    response.writeHead(204).end();
    return;
  }
  try {
    const body = await readFile(beside.get(path) ?? join(import.meta.dirname, 'dist-demo', path));
    const type = types[extname(path)] ?? 'application/octet-stream';
    // What has its content in its name is read and compiled once and not for each state.
    const cache = path.startsWith('/assets/') || beside.has(path) ? 'max-age=86400' : 'no-store';
    const headers = {
      'content-type': type,
      'content-security-policy': policy,
      'cache-control': cache,
    };
    response.writeHead(200, headers).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

/** How long a busy machine may take for one thing, in milliseconds. */
const patience = 60_000;

const profile = await mkdtemp(join(tmpdir(), 'tallykey-shots-'));
const browser = spawn(
  process.env.CHROMIUM ?? '/usr/bin/chromium',
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--disable-background-networking',
    '--force-prefers-reduced-motion',
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
  ],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const input = /** @type {import('node:stream').Writable} */ (browser.stdio[3]);
const output = /** @type {import('node:stream').Readable} */ (browser.stdio[4]);

/** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
const waiting = new Map();
/** Why the browser answers no more.
 * @type {Error | null} */
let gone = null;
/** The browser has ended. */
const ended = new Promise((resolve) => {
  browser.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  browser.once('error', ({ message }) => resolve(message));
});
void ended.then((why) => {
  gone = new Error(`the browser is gone: ${why}`);
  for (const { reject } of waiting.values()) reject(gone);
});
// Its end tells the same.
input.on('error', () => {});
/** @type {(message: any) => void} */
let onEvent = () => {};
let rest = '';
let last = 0;

output.setEncoding('utf8').on('data', (chunk) => {
  const messages = (rest + chunk).split('\0');
  rest = messages.pop() ?? '';
  for (const text of messages) {
    const message = JSON.parse(text);
    if (message.id) {
      waiting.get(message.id)?.resolve(message.result ?? message.error);
      waiting.delete(message.id);
    } else onEvent(message);
  }
});

/**
 * @param {string} method
 * @param {object} [params]
 * @param {string} [sessionId]
 * @returns {Promise<any>}
 */
function send(method, params = {}, sessionId = undefined) {
  if (gone) return Promise.reject(gone);
  const id = ++last;
  input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
/** What the page itself complained of.
 * @type {string[]} */
export const complaints = [];
/** What is on show, for complaints. */
let shown = '';
onEvent = ({ method, params }) => {
  if (method === 'Runtime.exceptionThrown') {
    complaints.push(`${shown}: ${params.exceptionDetails.exception?.description}`);
  }
  if (method === 'Log.entryAdded' && params.entry.level === 'error') {
    complaints.push(`${shown}: ${params.entry.text}`);
  }
};
for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`, {}, sessionId);

const page = `${origin}/demo.html`;

/** As the window does. */
export async function freeze() {
  const source = 'Object.freeze(Object.prototype)';
  await send('Page.addScriptToEvaluateOnNewDocument', { source }, sessionId);
}

let visits = 0;

/** Goes to a page, and asks it this until the answer is something. The page of before is another one, even where it
 * shows the same; while one takes the other's place there is no answer.
 * @param {string} query
 * @param {string} expression */
async function visit(query, expression) {
  const url = `${page}?${query}&visit=${++visits}`;
  await send('Page.navigate', { url }, sessionId);
  return until(`location.href === '${url}' && (${expression})`, query);
}

/** Asks the page until the answer is something.
 * @param {string} expression
 * @param {string} what */
async function until(expression, what) {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    await pause(20);
    const answer = await evaluate(expression);
    if (answer) return answer;
  }
  throw new Error([...complaints, `${what} did not arrive`].join('\n'));
}

/** The names of all states.
 * @returns {Promise<string[]>} */
export async function states() {
  const links = "[...document.querySelectorAll('a')].map((a) => a.textContent).join(' ')";
  const names = await visit('state=', links);
  complaints.length = 0;
  return String(names).split(' ');
}

const arrived = 'document.documentElement?.dataset.arrived';

/** @typedef {{ lang?: string, theme?: string, width: number, height: number }} Look */

/** Brings the page into a state. What it is called is returned.
 * @param {string} state
 * @param {Look} look */
export async function show(state, look) {
  await resize(state, look);
  await visit(`state=${state}&lang=${look.lang}&theme=${look.theme}&still`, arrived);
  await painted();
  return shown;
}

/** Brings the page that is on show into another state, or into another look: a whole new window, without another load
 * of the page.
 * @param {string} state
 * @param {Look} look */
export async function showNext(state, look) {
  await resize(state, look);
  const detail = JSON.stringify({ state, language: look.lang, theme: look.theme });
  await evaluate(`void dispatchEvent(new CustomEvent('show', { detail: ${detail} }))`);
  await until(arrived, shown);
  await painted();
  return shown;
}

/** @param {string} state
 * @param {Look} look */
async function resize(state, { lang, theme, width, height }) {
  shown = `${state}.${lang}.${theme}.${width}x${height}`;
  // As a web view zooms: the page has fewer of its pixels, and they are larger.
  const scale = state === 'zoomed' ? 1.5 : 1;
  const metrics = {
    width: Math.round(width / scale),
    height: Math.round(height / scale),
    deviceScaleFactor: scale,
    mobile: false,
  };
  await send('Emulation.setDeviceMetricsOverride', metrics, sessionId);
}

/** Whoever watches sizes is told in a frame, and what that changes is painted in the next. */
async function painted() {
  await evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
  );
}

/** @param {string} expression
 * @returns {Promise<any>} */
export async function evaluate(expression) {
  const asked = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await send('Runtime.evaluate', asked, sessionId);
  if (exceptionDetails) complaints.push(`${shown}: ${exceptionDetails.exception?.description}`);
  return result?.value;
}

/** Gives the page a script that is not its own.
 * @param {string} name
 * @param {string} file */
export async function addScript(name, file) {
  const path = `/beside/${name}.js`;
  beside.set(path, file);
  await evaluate(`new Promise((there, failed) => {
    const script = document.createElement('script');
    Object.assign(script, { src: '${path}', onload: () => there(), onerror: () => failed(new Error('${path}')) });
    document.head.append(script);
  })`);
}

/** What is cut although nothing marks it as cuttable, and what is wider than the window. */
const cut = `(() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is too wide');
  for (const e of document.querySelectorAll('body *')) {
    const style = getComputedStyle(e);
    if (style.overflowX === 'visible' || e.closest('.visually-hidden')) continue;
    if (e.scrollWidth > e.clientWidth + 1 && style.textOverflow !== 'ellipsis') {
      found.push(e.className + ': ' + e.scrollWidth + ' > ' + e.clientWidth);
    }
  }
  return found.join('; ');
})()`;

/** Complains of what is cut or too wide in what is on show. */
export async function findCut() {
  const found = await evaluate(cut);
  if (found) complaints.push(`${shown}: cut: ${found}`);
}

/** What is seen, as a PNG. */
export async function picture() {
  const { data } = await send('Page.captureScreenshot', { format: 'png' }, sessionId);
  return Buffer.from(data, 'base64');
}

/** Ends the browser, prints all complaints and says by the exit code whether there were any. */
export async function close() {
  // It may end before it has answered.
  send('Browser.close').catch(() => {});
  server.close();
  const late = setTimeout(() => browser.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(late);
  // What it started writes there a little longer.
  await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
