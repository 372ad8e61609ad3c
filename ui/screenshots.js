// Renders every state of the demo into a folder of pictures, under the window's own policy:
//   npm run screenshots -- [folder] [state ...]
// One Chromium is driven over its debugging pipe, so no driver has to be installed.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const [folder = '/tmp/ui-shots', ...wanted] = process.argv.slice(2);
const sizes = (process.env.SIZES ?? '720x480,1040x720').split(',').map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
});
const looks = (process.env.LOOKS ?? 'en.light,ja.dark').split(',').map((look) => look.split('.'));

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'";
/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  try {
    const body = await readFile(join(import.meta.dirname, 'dist-demo', path));
    const type = types[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

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

/** @type {Map<number, (result: any) => void>} */
const waiting = new Map();
/** @type {(message: any) => void} */
let onEvent = () => {};
let rest = '';
let last = 0;

output.setEncoding('utf8').on('data', (chunk) => {
  const messages = (rest + chunk).split('\0');
  rest = messages.pop() ?? '';
  for (const text of messages) {
    const message = JSON.parse(text);
    if (message.id) waiting.get(message.id)?.(message.result ?? message.error);
    else onEvent(message);
  }
});

/**
 * @param {string} method
 * @param {object} [params]
 * @param {string} [sessionId]
 * @returns {Promise<any>}
 */
function send(method, params = {}, sessionId = undefined) {
  const id = ++last;
  input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  return new Promise((resolve) => waiting.set(id, resolve));
}

const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
/** @type {string[]} */
const complaints = [];
let shot = '';
onEvent = ({ method, params }) => {
  if (method === 'Runtime.exceptionThrown') {
    complaints.push(`${shot}: ${params.exceptionDetails.exception?.description}`);
  }
  if (method === 'Log.entryAdded' && params.entry.level === 'error') {
    complaints.push(`${shot}: ${params.entry.text}`);
  }
};
// As the window does.
const source = 'Object.freeze(Object.prototype)';
await send('Page.addScriptToEvaluateOnNewDocument', { source }, sessionId);
for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`, {}, sessionId);

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

await mkdir(folder, { recursive: true });
const page = `${origin}/demo.html`;
await send('Page.navigate', { url: `${page}?state=` }, sessionId);
await pause(400);
const { result } = await send(
  'Runtime.evaluate',
  { expression: "[...document.querySelectorAll('a')].map((a) => a.textContent).join(' ')" },
  sessionId,
);
const states = wanted.length > 0 ? wanted : String(result.value).split(' ');
complaints.length = 0;

for (const state of states) {
  for (const [lang, theme] of looks) {
    for (const { width, height } of sizes) {
      shot = `${state}.${lang}.${theme}.${width}x${height}`;
      const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
      await send('Emulation.setDeviceMetricsOverride', metrics, sessionId);
      await send(
        'Page.navigate',
        { url: `${page}?state=${state}&lang=${lang}&theme=${theme}` },
        sessionId,
      );
      await arrived();
      const overflow = await send('Runtime.evaluate', { expression: cut }, sessionId);
      if (overflow.result.value) complaints.push(`${shot}: cut: ${overflow.result.value}`);
      const { data } = await send('Page.captureScreenshot', { format: 'png' }, sessionId);
      await writeFile(join(folder, `${shot}.png`), Buffer.from(data, 'base64'));
    }
  }
}

await send('Browser.close');
server.close();
await new Promise((closed) => browser.once('exit', closed));
await rm(profile, { recursive: true, force: true });
for (const complaint of complaints) console.log(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

async function arrived() {
  for (let tries = 0; tries < 60; tries += 1) {
    await pause(50);
    const expression = 'document.documentElement.dataset.arrived';
    const { result } = await send('Runtime.evaluate', { expression }, sessionId);
    if (result.value) return pause(50);
  }
  complaints.push(`${shot}: did not arrive`);
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
