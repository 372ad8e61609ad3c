// Renders every state of the demo into a folder of pictures:
//   npm run screenshots -- folder [state ...]
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { close, findCut, freeze, picture, show, states, wanted } from './chromium.js';

const [folder, ...named] = process.argv.slice(2);
if (!folder) throw new Error('which folder?');
const looks = wanted({ sizes: '720x480,1040x720', looks: 'en.light,en.dark,ja.light,ja.dark' });

await mkdir(folder, { recursive: true });
await freeze();
const all = await states();
for (const state of named.length > 0 ? named : all) {
  for (const look of looks) {
    const shot = await show(state, look);
    await findCut();
    await writeFile(join(folder, `${shot}.png`), await picture());
  }
}
await close();
