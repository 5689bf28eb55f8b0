/**
 * Worlds behind a port of this machine, until somebody interrupts the process.
 *
 * Owns     the socket and the data folder, and the signals of the process while it serves.
 */
import { DatabasePorts } from './content/database-ports';
import type { FrontProps } from './http-front';
import { HttpFront } from './http-front';
import type { ServedProps } from './served-world';
import { beginOf } from './world-begin';
import { ServedWorlds } from './served-worlds';
import { Store } from './store';
import { StoreFault } from './store-fault';
import type { Serving } from './terminal';
import { CONTROL_PATHS } from '../wire/world-path';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * @param dataDir folder that outlives the process; without one, everything ends with it
 * @param snapshot what the World of requests that name none begins with
 * @throws StoreFault when the folder is not to be had, or the snapshot is refused
 * @throws Error of the system when the port is taken, or the address is none of this machine
 */
export async function serve(
  props: ServedProps,
  front: FrontProps,
  dataDir?: string,
  snapshot?: string,
): Promise<Serving> {
  // What it says is about calls to AWS, of which this process makes none.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const ports = props.databases && (await DatabasePorts.open(props.databases));
  const stored = dataDir === undefined ? withoutStore(props, ports) : withStore(props, dataDir, ports);
  const { worlds, store, fault } = await stored;
  const close = async () => {
    ports?.close();
    await opened?.close();
    await worlds.close();
    await store?.close();
  };
  let opened: HttpFront | undefined;
  try {
    if (snapshot !== undefined) {
      await worlds.load(snapshot);
    }
    opened = await HttpFront.open(worlds, { ...front, ownPaths: CONTROL_PATHS });
  } catch (error) {
    await close();
    throw error;
  }
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of SIGNALS) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
  return { url: opened.url, stopped: Promise.race([interrupted, fault]).finally(close) };
}

interface Stored {
  readonly worlds: ServedWorlds;
  readonly store: Store | undefined;
  /** Fails when the folder takes no more. */
  readonly fault: Promise<never>;
}

function withoutStore(props: ServedProps, ports: DatabasePorts | undefined): Stored {
  return {
    worlds: new ServedWorlds(props, undefined, undefined, ports),
    store: undefined,
    fault: new Promise<never>(() => undefined),
  };
}

async function withStore(props: ServedProps, folder: string, ports: DatabasePorts | undefined): Promise<Stored> {
  const store = await Store.open(folder, {
    version: props.version,
    options: { ...beginOf(props), ...(ports && { databases: true }) },
  });
  const worlds = new ServedWorlds(props, store, undefined, ports);
  let fail: (fault: Error) => void = () => undefined;
  const fault = new Promise<never>((_resolve, reject) => {
    fail = (error) => reject(new StoreFault(`${folder} takes no more: ${error.message}`));
  });
  await store.replay(
    (world, command) => worlds.again(world, command),
    (error) => fail(error),
  );
  await worlds.resume();
  return { worlds, store, fault };
}
