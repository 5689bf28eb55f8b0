/**
 * UpdateRecoveryPointLifecycle.
 *
 * Source   B2.3/5, B7.4/2.
 * Gaps     DeleteAfterEvent of the lifecycle is never there: what is set by hand is not temporary.
 */
import type { UpdateRecoveryPointLifecycleInput, UpdateRecoveryPointLifecycleOutput } from '@aws-sdk/client-backup';
import { LifecycleRules } from '@holdfast/model';
import { POINT_UPDATED } from '../../domain/event-codes';
import { coldAtOf, deleteAtOf, termsOf } from '../../domain/lifecycle';
import { COLD, CONTINUOUS } from '../../domain/recovery-points';
import { arnOfPoint } from '../../domain/show';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt } from '../../kernel/columns';
import { DAY, NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { fromLifecycle, given, toDate, toLifecycle } from './shapes';

export function updateRecoveryPointLifecycle(
  state: WorldState,
  caller: Caller,
  input: UpdateRecoveryPointLifecycleInput,
): UpdateRecoveryPointLifecycleOutput {
  const { ledger } = state;
  const { points } = ledger;
  const vault = findVault(state, caller, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const createdAt = floatAt(points.createdAts, row);
  const cold = points.has(row, COLD);
  const asked = toLifecycle(input.Lifecycle) ?? {};
  // Source B2.3/5: a point that is cold keeps its day; B2.3/3: it is cold for 90 days at least, whether the call says that day or not.
  const lifecycle = cold
    ? { ...asked, moveToColdStorageAfterDays: (floatAt(points.coldAts, row) - createdAt) / DAY }
    : asked;
  refuse(LifecycleRules.check(lifecycle, '', WIRE));
  if (vault.lock !== undefined) {
    // Assumed: the text.
    throw new AwsFault('InvalidRequestException', 'Lifecycle cannot be updated because the backup vault is locked.');
  }
  if (points.has(row, CONTINUOUS)) {
    // Assumed: the text.
    throw new AwsFault('InvalidRequestException', 'Lifecycle of a continuous recovery point cannot be updated.');
  }
  if (ledger.composites.isParent(row)) {
    // Assumed. Source B4.5/4: it has the lifecycle of its members.
    throw new AwsFault('InvalidRequestException', 'Lifecycle of a composite recovery point cannot be updated.');
  }
  const terms = termsOf(lifecycle);
  const support = ledger.resourceOf(intAt(points.series, row)).coldSupport;
  const coldAt = cold ? floatAt(points.coldAts, row) : coldAtOf(createdAt, terms, support);
  if (!cold && coldAt !== NEVER && coldAt < state.now + DAY) {
    // Assumed: the text. Source B2.3/5: the value must be at least the age plus one day.
    throw new AwsFault(
      'InvalidParameterValueException',
      'Invalid lifecycle. MoveToColdStorageAfterDays must be at least one day more than the age of the recovery point',
    );
  }
  points.coldAts[row] = coldAt;
  points.deleteAts[row] = deleteAtOf(createdAt, terms);
  ledger.changedLifecycles.set(arnOfPoint(ledger, row), lifecycle);
  ledger.scheduleEnds(row);
  const family = ledger.composites.familyOfPoint(row);
  if (family !== undefined) {
    points.deleteAts[family.parent] = ledger.longestOf(family);
  }
  const deleteAt = floatAt(points.deleteAts, row);
  const resource = ledger.resourceOf(intAt(points.series, row));
  const size = floatAt(points.sizes, row);
  ledger.settle();
  ledger.log.append(state.now, POINT_UPDATED, 0, 0, resource.arnName, vault.arnName, 0, size, deleteAt);
  ledger.tell({ kind: 'recovery-point', row, status: 'MODIFIED', reason: 0 });
  return given({
    BackupVaultArn: vault.arn,
    RecoveryPointArn: input.RecoveryPointArn,
    Lifecycle: fromLifecycle(lifecycle),
    CalculatedLifecycle: given({ MoveToColdStorageAt: toDate(coldAt), DeleteAt: toDate(deleteAt) }),
  });
}
