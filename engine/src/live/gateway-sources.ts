/**
 * Virtual machines, the hypervisor of each, and how many backup gateways that has.
 *
 * Pure: asks through the reader.
 * Source   B4.3/9; API of Backup Gateway: ListVirtualMachines says which hypervisor a machine is on, ListGateways which one a
 *          gateway is for.
 */
import type { Environment } from '@holdfast/model';
import { BackupGatewayClient, type Listed } from './gateway-client';
import { type Reader, unlessDenied } from './reader';
import { type Entry, known, type Source } from './source';

const PAGE = 100;
const EXAMPLE = '{"arn":"arn:aws:backup-gateway:<region>:<account>:vm/vm-<id>","sizeGiB":100}';

type Lister = (client: BackupGatewayClient, token: string | undefined) => ReturnType<BackupGatewayClient['machines']>;

/** Read whole at once, as an account has few of them. */
const MACHINES: Source = {
  name: 'virtual-machines',
  async page(reader, env) {
    const machines = await all(reader, env, (client, token) => client.machines(pageAt(token)));
    if (machines === undefined) {
      return { notes: [noteOf(env)] };
    }
    const gateways = await all(reader, env, (client, token) => client.gateways(pageAt(token)));
    const counts = new Map<string, number>();
    for (const { HypervisorId: id } of gateways ?? []) {
      if (id !== undefined) {
        counts.set(idOf(id), (counts.get(idOf(id)) ?? 0) + 1);
      }
    }
    const entries = machines.flatMap(({ ResourceArn: arn, HypervisorId: id }): Entry[] =>
      arn === undefined
        ? []
        : [
            known({
              arn,
              hypervisorId: id && idOf(id),
              gatewayCount: id === undefined ? undefined : counts.get(idOf(id)),
            }),
          ],
    );
    return { entries };
  },
};

/** Undefined where AWS does not let us. */
async function all(reader: Reader, { region }: Environment, list: Lister): Promise<Listed[] | undefined> {
  const client = reader.client(BackupGatewayClient, region);
  const found: Listed[] = [];
  let token: string | undefined;
  do {
    const page = await unlessDenied(() => reader.ask(`backup-gateway ${region}`, () => list(client, token)));
    if (page === undefined) {
      return undefined;
    }
    found.push(...page.items);
    token = page.next;
  } while (token !== undefined);
  return found;
}

function pageAt(token: string | undefined) {
  return { MaxResults: PAGE, ...(token !== undefined && { NextToken: token }) };
}

/** Of an id, or an ARN that ends in one. */
function idOf(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

function noteOf({ region }: Environment): string {
  const what = `virtual machines in ${region} that have no tag and were never backed up, and which hypervisor any is on`;
  return `not read: ${what}, as backup-gateway:ListVirtualMachines is denied; write them into "resources" by hand: ${EXAMPLE}`;
}

export const GATEWAY_SOURCES: readonly Source[] = [MACHINES];
