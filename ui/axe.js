// Looks at every state of the demo with axe, in light and dark, and for texts that are cut, also
// in the longest words; any violation fails:
//   npm run axe -- [state ...]
// Several share the work, as PART=1/3 and so on: one more than small machines have cores, as each waits now and then.
// A state is a new window in the same page; named alone it has a page of its own.
import { createRequire } from 'node:module';
import {
  addScript,
  close,
  complaints,
  evaluate,
  findCut,
  show,
  showNext,
  states,
  wanted,
} from './chromium.js';

const named = process.argv.slice(2);
/** The smallest window with the longer words, and the usual one. */
const looks = [
  ...wanted({ sizes: '1040x720', looks: 'en.light' }),
  ...wanted({ sizes: '720x480', looks: 'ja.dark' }),
];
/** The longest words in the smallest window: only what is cut, which takes a moment. */
const [narrow] = wanted({ sizes: '720x480', looks: 'de.light' });
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A row's ground is a pseudo element, through which axe cannot look: drawn here on the row itself. */
const ground = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '.row::before, .row::after { content: none !important } .row[aria-selected=true] { background: var(--selected) }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()`;

/** All rules, best practices too; and each violation with the first elements that have it. Of what passes only the
 * rules are told: to name each element takes a quarter of the time. */
const look = `axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then(({ violations, passes, incomplete }) => ({
  passes: passes.length,
  unsure: incomplete.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))),
  violations: violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.slice(0, 3).map(({ target, failureSummary }) =>
      target.join(' ') + ': ' + failureSummary.split('\\n').slice(1, 2).join('').trim()),
    many: nodes.length,
  })),
}))`;

const [part = 1, parts = 1] = (process.env.PART ?? '1/1').split('/').map(Number);
const mine = (named.length > 0 ? named : await states()).filter((_, n) => n % parts === part - 1);
let looked = 0;
/** What axe leaves to a person, and how often.
 * @type {Map<string, number>} */
const unsure = new Map();
let isOpen = false;
/** @param {string} state
 * @param {import('./chromium.js').Look} look */
async function bring(state, look) {
  if (isOpen) return showNext(state, look);
  const shot = await show(state, look);
  await addScript('axe', axe);
  await evaluate(ground);
  isOpen = true;
  return shot;
}
for (const state of mine) {
  if (narrow) {
    await bring(state, narrow);
    await findCut();
  }
  for (const one of looks) {
    const shot = await bring(state, one);
    await findCut();
    const { violations, passes, unsure: open } = await evaluate(look);
    if (passes < 10) complaints.push(`${shot}: only ${passes} rules applied`);
    looked += 1;
    for (const what of open) unsure.set(what, (unsure.get(what) ?? 0) + 1);
    for (const { id, help, many, where } of violations) {
      complaints.push([`${shot}: ${id} (${many}): ${help}`, ...where].join('\n    '));
    }
  }
}
console.log(`axe looked at ${looked} pages and is unsure of ${unsure.size} things`);
if (process.env.UNSURE) for (const [what, times] of unsure) console.log(`  ${times} ${what}`);
await close();
