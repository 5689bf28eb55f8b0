import * as net from 'node:net';
import type { PortRange } from '../../engine/src/host/content/database-ports';

/** Some ports, of which the first was free a moment ago. */
export async function freeRange(): Promise<PortRange> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const first = Math.min((server.address() as net.AddressInfo).port, 65_000);
  await new Promise((resolve) => server.close(resolve));
  return { first, last: first + 20 };
}
