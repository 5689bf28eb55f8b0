/**
 * Worlds behind a port of this machine, until somebody interrupts the process.
 *
 * Owns     the socket, and the signals of the process while it serves.
 */
import type { FrontProps } from './http-front';
import { HttpFront } from './http-front';
import type { ServedProps } from './served-world';
import { ServedWorlds } from './served-worlds';
import type { Serving } from './terminal';
import { CONTROL_PATHS } from '../wire/world-path';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** @throws Error of the system when the port is taken, or the address is none of this machine */
export async function serve(world: ServedProps, props: FrontProps): Promise<Serving> {
  // What it says is about calls to AWS, of which this process makes none.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const front = await HttpFront.open(new ServedWorlds(world), { ...props, ownPaths: CONTROL_PATHS });
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of SIGNALS) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
  return { url: front.url, stopped: interrupted.then(() => front.close()) };
}
