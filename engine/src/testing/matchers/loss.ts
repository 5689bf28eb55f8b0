/**
 * What a loss, or a fault, takes away: which recovery points nobody can restore from any more.
 *
 * Pure: reads a World.
 * Spec     ../../domain/faults.md
 */
import type { StatefulResource } from '@holdfast/model';
import type { Fault } from '../../domain/fault';
import { textOf } from '../../domain/fault';
import { isInScope, Struck } from '../../domain/faults';
import { NO_REASON } from '../../domain/reasons';
import type { RecoveryPointView } from '../../domain/views';
import type { WorldState } from '../../domain/world-state';
import { readFault } from '../../ingest/read-fault';
import { keyOfLife } from '../../report/history';
import { isVault, placeOfArn } from './subject';

/** What is lost: everything of a Region, of an account, of a vault, or under a key. All that is given must hold. */
export interface Loss {
  readonly region?: string;
  readonly account?: string;
  /** Name or ARN. */
  readonly vault?: string;
  /** ARN of a KMS key that is deleted. */
  readonly key?: string;
}

/** A loss as matchers look at it. */
export interface Lost extends Loss {
  /** The loss in words. */
  readonly what: string;
  /** The points whose content is lost; undefined where places and keys decide alone. */
  readonly corrupted?: Extract<Fault, { readonly kind: 'point-corrupted' }>;
  /** Whether no point is lost at all. */
  readonly none?: boolean;
}

/** What the matchers know how to lose. */
const LOSSES =
  'region-out, account-suspended, key-disabled, key-pending-deletion, key-deleted, resource-deleted, point-corrupted';

/**
 * The loss that a fault comes to, for as long as it is there.
 *
 * @throws RangeError when nothing is named, or when the fault takes nothing away from a restore
 */
export function lossOf(loss: Loss | Fault): Lost {
  if (!('kind' in loss)) {
    const named = Object.entries(loss).filter(([, value]) => value !== undefined);
    if (named.length === 0) {
      throw new RangeError('a loss must name a region, account, vault or key, or be a fault, got none');
    }
    return { ...loss, what: `the loss of ${named.map(([key, value]) => `${key} ${value}`).join(' and ')}` };
  }
  const { fault } = readFault(loss, 'loss', '', -Infinity);
  const what = textOf(fault);
  switch (fault.kind) {
    case 'region-out':
      return { region: fault.region, ...(fault.account !== undefined && { account: fault.account }), what };
    case 'account-suspended':
      return { account: fault.account, what };
    case 'key-disabled':
    case 'key-pending-deletion':
    case 'key-deleted':
      return { key: fault.key, what };
    case 'resource-deleted':
      // Source B5.2/8: points outlast their resource.
      return { none: true, what };
    case 'point-corrupted':
      return { corrupted: fault, what };
    default:
      throw new RangeError(
        `a loss must be a fault that keeps restores from their points (${LOSSES}), got ${fault.kind}`,
      );
  }
}

/** The key that a point is under; undefined for none, and for those of AWS. */
function keyOf(state: WorldState, { backupVaultArn, copyOf, resourceArn }: RecoveryPointView): string | undefined {
  return keyOfLife(state, resourceArn, { backupVaultArn, copy: copyOf !== undefined });
}

/** Whether a point cannot be restored now, as its key is disabled, waits for its deletion or is gone (Source B13). */
export function isUnderUnusableKey(state: WorldState, point: RecoveryPointView): boolean {
  return state.ledger.keys.refusalOf(keyOf(state, point)) !== NO_REASON;
}

export function isLost(
  state: WorldState,
  declaration: StatefulResource,
  point: RecoveryPointView,
  loss: Lost,
): boolean {
  const { ledger } = state;
  const place = placeOfArn(point.backupVaultArn);
  const vault = ledger.vaults.tryFindByArn(point.backupVaultArn);
  const resource = ledger.resources.tryFind(declaration.arn);
  if (loss.none === true || resource === undefined) {
    return false;
  }
  if (loss.corrupted !== undefined) {
    const restore: Struck = {
      jobs: 'restore',
      resource,
      vault,
      source: undefined,
      rule: point.ruleName,
      cause: 0,
      createdAt: point.createdAt,
    };
    const { recoveryPoint = point.recoveryPointArn } = loss.corrupted;
    return recoveryPoint === point.recoveryPointArn && isInScope(loss.corrupted, restore);
  }
  const key = keyOf(state, point);
  // Source B7.1/1, B13: the key may be another account's, and what is under it goes with it.
  const places = [place, ...(key === undefined ? [] : [placeOfArn(key)])];
  const away = places.some(
    ({ account, region }) =>
      (loss.region === undefined || region === loss.region) && (loss.account === undefined || account === loss.account),
  );
  return (
    away &&
    (loss.vault === undefined || isVault(point.backupVaultArn, loss.vault)) &&
    (loss.key === undefined || key === loss.key)
  );
}
