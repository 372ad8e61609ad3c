import { host, runsInTauri } from './bridge/host';
import { open } from './open';

if (import.meta.env.DEV && !runsInTauri()) location.replace('/demo.html');
else open(host);
