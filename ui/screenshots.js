// Renders every state of the demo into a folder of pictures:
//   npm run screenshots -- [folder] [state ...]
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { close, complaints, evaluate, freeze, picture, show, states, wanted } from './chromium.js';

const [folder = '/tmp/ui-shots', ...named] = process.argv.slice(2);
const looks = wanted({ sizes: '720x480,1040x720', looks: 'en.light,ja.dark' });

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
await freeze();
const all = await states();
for (const state of named.length > 0 ? named : all) {
  for (const look of looks) {
    const shot = await show(state, look);
    const overflow = await evaluate(cut);
    if (overflow) complaints.push(`${shot}: cut: ${overflow}`);
    await writeFile(join(folder, `${shot}.png`), await picture());
  }
}
await close();
