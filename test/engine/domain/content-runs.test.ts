// Jobs of resources that hold content: each waits for what host does with it, and begins or ends once.
import { ContentRuns } from '../../../engine/src/domain/content-runs';
import type { ContentHost, ContentOrder } from '../../../engine/src/domain/content-orders';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { ENV, plan, resource, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const GIB = 2 ** 30;
const STORED = { sizeBytes: 7 * GIB, changedBytes: 2 * GIB };

/** A host that does at once whatever it is asked for, and tells what that was. */
function hosted(state: WorldState): { orders: string[]; until: (instant: string) => void } {
  const orders: string[] = [];
  const nothing = () => undefined;
  const carryOut = () => Promise.resolve();
  const holds: ContentHost['holds'] = ({ arn }) => arn === FILES.arn;
  const measures = () => true;
  const blocks = () => Promise.resolve(undefined);
  const content = new ContentRuns(state.ledger, {
    holds,
    measures,
    gone: nothing,
    destroyKey: nothing,
    moving: false,
    carryOut,
    blocks,
  });
  state.ledger.content = content;
  const done = (order: ContentOrder) => {
    orders.push(order.kind);
    switch (order.kind) {
      case 'restore':
        return order.settle({ arrive: nothing, leave: nothing });
      case 'index':
        return order.settle({ items: 1 });
      case 'list':
        return order.settle([]);
      default:
        return order.settle({ ...STORED, id: `${orders.length}` });
    }
  };
  const until = (instant: string) => {
    while (!state.runUntil(parseInstant(instant))) {
      for (let order = content.next(); order !== undefined; order = content.next()) {
        const next = order;
        content.settle(() => done(next));
      }
    }
  };
  return { orders, until };
}

test('a backup, its copy and its restore begin and end once, and are as large as what host stored', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', copyActions });
  const vaults = [vault('main'), vault('other')];
  const state = world('2027-01-01', { vaults, resources: [FILES], plans: [plan('p', [once])] });
  const { orders, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  const points = state.pointsOf(FILES.arn);
  expect(points.map(({ sizeBytes }) => sizeBytes)).toEqual([STORED.sizeBytes, STORED.sizeBytes]);
  startRestoreJob(state, ENV, {
    RecoveryPointArn: points[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: {
      'file-system-id': 'fs-1',
      newFileSystem: 'true',
      CreationToken: 'token',
      Encrypted: 'false',
      PerformanceMode: 'generalPurpose',
    },
  });
  until('2027-01-01T18:00:00Z');
  expect(orders).toEqual(['capture', 'copy', 'restore']);
  const moves = state.events().map(({ kind, what }) => `${kind} ${what}`);
  for (const job of ['backup-job', 'copy-job', 'restore-job']) {
    expect(moves.filter((move) => move === `${job} RUNNING`)).toHaveLength(1);
    expect(moves.filter((move) => move === `${job} COMPLETED`)).toHaveLength(1);
  }
});
