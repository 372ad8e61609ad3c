import type { Settings } from '../types';
import { DemoHost } from './host';
import { eight } from './sites';

/** What "Try the demo" shows: in the memory of the page alone, looking as the person has chosen. */
export function openDemo(settings?: Settings): DemoHost {
  const host = new DemoHost(eight);
  if (settings) host.change({ settings });
  return host;
}
