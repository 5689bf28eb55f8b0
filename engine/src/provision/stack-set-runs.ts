/**
 * Stacks of a stack set made, updated and deleted in the accounts and Regions that it names.
 *
 * Pure: changes nothing but the World it is given.
 * Source   AWS CloudFormation User Guide, "StackSets concepts".
 * Spec     ../domain/stack-sets.md
 */
import type { Stack } from '../domain/stacks';
import type { StackInstance, StackSet, StackSetDesign, StackSetOperation } from '../domain/stack-sets';
import type { WorldState } from '../domain/world-state';
import { uuid } from '../kernel/ids';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';
import { preview } from './preview';
import { designOf } from './stack-calls';
import { createStack, deleteStack, updateStack } from './stack-lifecycle';
import type { Work } from './work';

/** Accounts and Regions of a call. */
export interface Targets {
  readonly account: string;
  readonly region: string;
  readonly unitId: string | undefined;
}

export interface AskedTargets {
  readonly Accounts?: string[] | undefined;
  readonly DeploymentTargets?:
    | {
        readonly Accounts?: string[] | undefined;
        readonly OrganizationalUnitIds?: string[] | undefined;
        readonly AccountFilterType?: string | undefined;
      }
    | undefined;
  readonly Regions?: string[] | undefined;
}

const FAILS = { token: undefined, onFailure: 'ROLLBACK' as const };
const CAPABILITIES = ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

export function findStackSet(state: WorldState, caller: Caller, name: string | undefined): StackSet {
  const found = state.services.stackSets.tryFind(caller, name ?? '');
  if (found === undefined) {
    throw new AwsFault('StackSetNotFoundException', `StackSet ${name} not found`);
  }
  return found;
}

/** The accounts and Regions that a call names, each account's Regions after one another. */
export function targetsOf(state: WorldState, set: StackSet, asked: AskedTargets): Targets[] {
  const { Accounts, OrganizationalUnitIds: units, AccountFilterType = 'NONE' } = asked.DeploymentTargets ?? {};
  const named = asked.Accounts ?? Accounts ?? [];
  if (units === undefined || set.design.permissionModel === 'SELF_MANAGED') {
    if (set.design.permissionModel === 'SERVICE_MANAGED') {
      throw new AwsFault(
        'ValidationError',
        'StackSets with SERVICE_MANAGED permission model can only have OrganizationalUnit as target',
      );
    }
    const accounts = named.map((account) => ({ account, unitId: undefined }));
    return spread(accounts, accounts.length === 0 ? undefined : asked.Regions);
  }
  const inside = units.flatMap((unitId) => accountsBelow(state, set, unitId).map((account) => ({ account, unitId })));
  const chosen = inside.filter(({ account }) =>
    AccountFilterType === 'INTERSECTION'
      ? named.includes(account)
      : AccountFilterType === 'DIFFERENCE'
        ? !named.includes(account)
        : true,
  );
  const more =
    AccountFilterType === 'UNION' ? named.filter((one) => !inside.some(({ account }) => account === one)) : [];
  return spread([...chosen, ...more.map((account) => ({ account, unitId: undefined }))], asked.Regions);
}

/** A unit that no account is in has no stack yet: Assumed. */
function spread(accounts: { account: string; unitId: string | undefined }[], regions: string[] | undefined): Targets[] {
  if (regions === undefined || regions.length === 0) {
    throw new AwsFault('ValidationError', 'Either Accounts or DeploymentTargets, and Regions, must be specified');
  }
  return accounts.flatMap(({ account, unitId }) => regions.map((region) => ({ account, region, unitId })));
}

/** Source: "StackSets doesn't deploy to the organization's management account". */
function accountsBelow(state: WorldState, set: StackSet, unitId: string): string[] {
  const organization = state.ledger.organizations.of(set.env);
  if (organization === undefined) {
    throw new AwsFault(
      'ValidationError',
      'You must enable organizations access to operate a service managed stack set',
    );
  }
  return organization
    .accounts()
    .filter((account) => account.path.some(({ id }) => id === unitId) && account.id !== organization.managementAccount)
    .map(({ id }) => id)
    .sort();
}

/** Makes or updates the stacks of some instances. */
export function* bringInstances(
  state: WorldState,
  set: StackSet,
  operation: StackSetOperation,
  targets: readonly Targets[],
  overrides?: Readonly<Record<string, string>>,
): Work<void> {
  for (const target of targets) {
    const { account, region, unitId } = target;
    const instance: StackInstance = set.instances.get(keyOf(target)) ?? {
      ...{ account, region, unitId, stackId: undefined, status: 'OUTDATED', outcome: 'FAILED', reason: undefined },
      overrides: {},
      operationId: operation.id,
    };
    set.instances.set(keyOf(target), instance);
    instance.overrides = overrides ?? instance.overrides;
    instance.operationId = operation.id;
    const reason = yield* bring(state, set, instance);
    instance.status = reason === undefined ? 'CURRENT' : 'OUTDATED';
    settle(operation, instance, reason);
  }
}

function* bring(state: WorldState, set: StackSet, instance: StackInstance): Work<string | undefined> {
  const { stacks } = state.services;
  const env = { ...set.env, account: instance.account, region: instance.region };
  const standing = instance.stackId === undefined ? undefined : stacks.tryFind(env, instance.stackId);
  try {
    const stack = standing?.deletedAt === undefined ? standing : undefined;
    const name = stack?.name ?? nameOf(state, set, instance);
    const { design, read } = designOf(state, env, name, askedBy(set.design, instance));
    if (stack === undefined) {
      const made = stacks.add(env, name);
      instance.stackId = made.id;
      yield* createStack(state, made, design, FAILS);
      return failureOf(made, 'CREATE_COMPLETE');
    }
    if (preview(state, stack, design, read.template).differs) {
      yield* updateStack(state, stack, design, FAILS);
      return failureOf(stack, 'UPDATE_COMPLETE');
    }
    return undefined;
  } catch (error) {
    if (error instanceof AwsFault) {
      return error.message;
    }
    throw error;
  }
}

/** Takes instances away, with their stacks unless they are retained. */
export function* dropInstances(
  state: WorldState,
  set: StackSet,
  operation: StackSetOperation,
  targets: readonly Targets[],
  retain: boolean,
): Work<void> {
  for (const target of targets) {
    const instance = set.instances.get(keyOf(target));
    if (instance === undefined) {
      continue;
    }
    const env = { ...set.env, account: instance.account, region: instance.region };
    const stack = instance.stackId === undefined ? undefined : state.services.stacks.tryFind(env, instance.stackId);
    let reason: string | undefined;
    if (!retain && stack !== undefined && stack.deletedAt === undefined) {
      yield* deleteStack(state, stack, { token: undefined, retain: new Set() });
      reason = failureOf(stack, 'DELETE_COMPLETE');
    }
    settle(operation, instance, reason);
    if (reason === undefined) {
      set.instances.delete(keyOf(target));
    }
  }
}

function settle(operation: StackSetOperation, instance: StackInstance, reason: string | undefined): void {
  const status = reason === undefined ? 'SUCCEEDED' : 'FAILED';
  const { account, region, unitId } = instance;
  instance.outcome = status;
  instance.reason = reason;
  operation.results.push({ account, region, unitId, status, reason });
  if (reason !== undefined) {
    // Source: FailureToleranceCount: 0 unless given.
    operation.status = 'FAILED';
  }
}

function askedBy(design: StackSetDesign, instance: StackInstance) {
  const parameters = new Map(design.parameters.map(({ key, value }) => [key, value]));
  Object.entries(instance.overrides).forEach(([key, value]) => parameters.set(key, value));
  return {
    TemplateBody: design.templateText,
    Parameters: [...parameters].map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: CAPABILITIES,
    Tags: Object.entries(design.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** Source: names of stacks of stack sets: `StackSet-<name>-<uuid>`. */
function nameOf(state: WorldState, set: StackSet, { account, region, operationId }: StackInstance): string {
  const id = uuid(state.seed, { kind: 'stack-instance', names: [set.id, account, region, operationId], at: state.now });
  return `StackSet-${set.name}-${id}`;
}

function failureOf(stack: Stack, wanted: Stack['status']): string | undefined {
  if (stack.status === wanted) {
    return undefined;
  }
  const failed = stack.events.find(({ status }) => status.endsWith('_FAILED'));
  return failed === undefined
    ? `Stack ${stack.id} is in ${stack.status}`
    : `ResourceLogicalId:${failed.logicalId}, ResourceType:${failed.type}, ResourceStatusReason:${failed.reason}.`;
}

export function keyOf({ account, region }: { readonly account: string; readonly region: string }): string {
  return `${account}/${region}`;
}

export function findInstance(set: StackSet, account: string, region: string): StackInstance {
  const found = set.instances.get(keyOf({ account, region }));
  if (found === undefined) {
    const what = `StackInstance with account ${account} and region ${region} of StackSet ${set.name}`;
    throw new AwsFault('StackInstanceNotFoundException', `${what} not found`);
  }
  return found;
}

export function findOperation(set: StackSet, id: string | undefined): StackSetOperation {
  const found = set.operations.find((one) => one.id === id);
  if (found === undefined) {
    throw new AwsFault('OperationNotFoundException', `Operation ${id} not found`);
  }
  return found;
}
