import { adding } from './adding';
import { connecting } from './connecting';
import { ending } from './ending';
import { everywhere } from './everywhere';
import { given } from './given';
import { network } from './network';
import { numbers } from './numbers';
import { sites } from './sites';
import { trouble } from './trouble';
import { vault } from './vault';
import { window } from './window';

export const de = {
  ...adding,
  ...connecting,
  ...ending,
  ...everywhere,
  ...given,
  ...network,
  ...numbers,
  ...sites,
  ...trouble,
  ...vault,
  ...window,
};
