// From a key press in the filter to the next frame, in a list of 300 sites:
//   npm run frame
// It prints what it measured beside what an empty page needs in the same run, and judges nothing.
import { loadavg } from 'node:os';
import { close, evaluate, show, states } from './chromium.js';

/** A frame at 60 Hz. */
const budget = 16.7;
const rounds = 15;
const look = { lang: 'en', theme: 'light', width: 1040, height: 720 };

/** Types into the field and takes it away again, key by key; milliseconds until each frame is handed over. */
const measure = (/** @type {string} */ field, /** @type {string} */ query) => `(async () => {
  const field = document.querySelector('${field}');
  const channel = new MessageChannel();
  // A message that is sent in a frame is handled after it was painted.
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => {
      channel.port1.onmessage = () => done();
      channel.port2.postMessage(null);
    });
  });
  const times = [];
  const press = async (text) => {
    await painted();
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await painted();
    times.push(performance.now() - start);
  };
  const query = '${query}';
  for (let round = 0; round < ${rounds}; round += 1) {
    for (let length = 1; length <= query.length; length += 1) await press(query.slice(0, length));
    for (let length = query.length - 1; length >= 0; length -= 1) await press(query.slice(0, length));
  }
  return times;
})()`;

/** @param {string} what
 * @param {number[]} times */
function tell(what, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  const label = what.padEnd(34);
  console.log(`${label} median ${at(0.5)} ms   p95 ${at(0.95)} ms   (${times.length} keys)`);
}

await states();
await show('overview-3', look);
await evaluate("document.body.innerHTML = '<input id=floor>'");
const floor = await evaluate(measure('#floor', 'works'));
await show('overview-3', look);
const few = await evaluate(measure('[data-testid=filter]', 'works'));
await show('threehundred', look);
const filter = await evaluate(measure('[data-testid=filter]', 'works'));
const rows = await evaluate("document.querySelectorAll('[data-testid=site-row]').length");
await show('palette-300', look);
const palette = await evaluate(measure('[data-testid=palette-field]', 'works'));

tell('an empty page', floor);
tell('the filter, 3 sites', few);
tell('the filter, 300 sites', filter);
tell('the palette, 300 sites', palette);
console.log(`${'one frame at 60 Hz'.padEnd(34)} ${budget} ms; ${rows} rows are built`);
console.log(`${'load of the machine'.padEnd(34)} ${loadavg()[0]?.toFixed(1)}`);
await close();
