/**
 * ListRecoveryPointsByBackupVault, newest first.
 *
 * Source   B1.3 RecoveryPoint, B1.6 (filters).
 * Gaps     StatusMessage (its texts are not documented) is never there, nor InitiationDate of a copy.
 */
import type {
  ListRecoveryPointsByBackupVaultInput,
  ListRecoveryPointsByBackupVaultOutput,
} from '@aws-sdk/client-backup';
import { jobsCreatingIn } from '../../domain/creating-points';
import type { Vault } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { pointKinship } from '../composite';
import { findVaultOfPoints } from '../find-vault';
import { type List, pageFrom, placeIn } from '../page';
import { isCreating, showCreating, showFound } from '../recovery-point';
import { given } from './shapes';

/** Stands in tokens for an instant later than all. */
const BEING_CREATED = Number.MAX_SAFE_INTEGER;

/** What a token is of: another vault refuses it. */
function listOf(vault: Vault): List {
  return { service: 'backup', operation: 'ListRecoveryPointsByBackupVault', parent: vault.arn };
}

export function listRecoveryPointsByBackupVault(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByBackupVaultInput,
): ListRecoveryPointsByBackupVaultOutput {
  const vault = findVaultOfPoints(state, caller, input.BackupVaultName, input.BackupVaultAccountId);
  const { jobs, points } = state.ledger;
  const { createdAts } = points;
  const placeOf = (row: number) =>
    isCreating(row) ? [BEING_CREATED, jobs.numberOf(~row)] : [floatAt(createdAts, row), row];
  const page = pageFrom(found(state, vault, input), input.MaxResults, placeOf, listOf(vault));
  return given({ RecoveryPoints: page.items.map((row) => showFound(state, row)), NextToken: page.nextToken });
}

/** Assumed: those that are being created come first. */
function* found(
  state: WorldState,
  vault: Vault,
  input: ListRecoveryPointsByBackupVaultInput,
): Generator<number, undefined> {
  const [createdAt, from = Infinity] = placeIn(input.NextToken, 2, listOf(vault)) ?? [];
  const begun = createdAt === BEING_CREATED;
  for (const job of createdAt === undefined || begun ? jobsCreatingIn(state.ledger, vault) : []) {
    if (state.ledger.jobs.numberOf(job) < from && creatingPasses(state, job, input)) {
      yield ~job;
    }
  }
  yield* rowsOf(state, vault, begun ? { ...input, NextToken: undefined } : input);
}

function creatingPasses(state: WorldState, job: number, input: ListRecoveryPointsByBackupVaultInput): boolean {
  const shown = showCreating(state, job);
  const createdAt = shown.CreationDate?.getTime() ?? 0;
  return (
    createdAt > (input.ByCreatedAfter?.getTime() ?? -Infinity) &&
    createdAt < (input.ByCreatedBefore?.getTime() ?? Infinity) &&
    (input.ByResourceArn ?? shown.ResourceArn) === shown.ResourceArn &&
    (input.ByResourceType ?? shown.ResourceType) === shown.ResourceType &&
    (input.ByBackupPlanId ?? shown.CreatedBy?.BackupPlanId) === shown.CreatedBy?.BackupPlanId &&
    input.ByParentRecoveryPointArn === undefined
  );
}

/** Rows that pass, newest first, from where the page begins. */
function* rowsOf(
  state: WorldState,
  vault: Vault,
  input: ListRecoveryPointsByBackupVaultInput,
): Generator<number, undefined> {
  const { points, newestFirst } = state.ledger;
  const after = input.ByCreatedAfter?.getTime() ?? -Infinity;
  const before = input.ByCreatedBefore?.getTime() ?? Infinity;
  const [createdAt = Infinity, from = -1] = placeIn(input.NextToken, 2, listOf(vault)) ?? [];
  const order = orderOf(state, vault, input);
  for (let index = newestFirst.after(order, createdAt, from); index < order.length; index++) {
    const row = order[index] as number;
    const then = floatAt(points.createdAts, row);
    if (!(then > after)) {
      return;
    }
    if (then < before && passes(state, row, input)) {
      yield row;
    }
  }
}

/** All points of the vault, or those of the resources that are asked for. */
function orderOf(
  { ledger }: WorldState,
  vault: Vault,
  { ByResourceArn: arn, ByResourceType: type }: ListRecoveryPointsByBackupVaultInput,
): readonly number[] {
  if (arn === undefined && type === undefined) {
    return ledger.newestFirst.inVault(vault);
  }
  const asked = ledger.series.inVault(vault).filter((series) => {
    const resource = ledger.resourceOf(series);
    const { resourceType } = resource.service;
    return (arn ?? resource.arn) === resource.arn && (type ?? resourceType) === resourceType;
  });
  return ledger.newestFirst.of(asked);
}

/** The filters that cost more than a look into a column. */
function passes(state: WorldState, row: number, input: ListRecoveryPointsByBackupVaultInput): boolean {
  const { points, origins } = state.ledger;
  const { ByBackupPlanId: planId, ByParentRecoveryPointArn: parent } = input;
  return (
    (planId === undefined || origins.find(intAt(points.origins, row)).rule?.plan.id === planId) &&
    (parent === undefined || pointKinship(state, row).ParentRecoveryPointArn === parent)
  );
}
