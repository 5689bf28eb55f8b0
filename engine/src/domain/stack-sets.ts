/**
 * Stack sets of CloudFormation: one design, and the accounts and Regions that have a stack of it.
 *
 * Owns     the stack sets of a World by the account and Region that administers them.
 * Units    `…At` are Instants.
 * Source   AWS CloudFormation User Guide, "StackSets concepts"; API of CloudFormation 2010-05-15.
 * Spec     stack-sets.md
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Ledger } from './ledger';
import { Shelf } from './shelf';
import type { StackDesign } from './stacks';

/** One account and Region of a stack set. */
export interface StackInstance {
  readonly account: string;
  readonly region: string;
  /** Unit of the organization by which it came in. */
  readonly unitId: string | undefined;
  stackId: string | undefined;
  status: 'CURRENT' | 'OUTDATED';
  /** How the last operation upon it ended. */
  outcome: 'SUCCEEDED' | 'FAILED';
  reason: string | undefined;
  /** Parameters that are otherwise here. */
  overrides: Readonly<Record<string, string>>;
  operationId: string;
}

export interface StackSetOperation {
  readonly id: string;
  readonly action: 'CREATE' | 'DELETE' | 'UPDATE';
  readonly at: Instant;
  status: 'SUCCEEDED' | 'FAILED';
  readonly results: StackSetResult[];
}

export interface StackSetResult {
  readonly account: string;
  readonly region: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly reason: string | undefined;
  readonly unitId: string | undefined;
}

export interface StackSetDesign extends StackDesign {
  readonly description: string | undefined;
  readonly permissionModel: 'SELF_MANAGED' | 'SERVICE_MANAGED';
  readonly administrationRoleArn: string | undefined;
  readonly executionRoleName: string | undefined;
  /** Whether accounts that come into a target unit get a stack: kept and shown. */
  readonly autoDeployment: { readonly enabled: boolean; readonly retains: boolean } | undefined;
  /** Whether operations that do not meet may run at once: kept and shown, as none takes time here. */
  readonly managedExecution: boolean;
}

export class StackSet {
  /** By account and Region. */
  readonly instances = new Map<string, StackInstance>();
  readonly operations: StackSetOperation[] = [];

  constructor(
    readonly id: string,
    readonly name: string,
    readonly env: Environment,
    public design: StackSetDesign,
  ) {}

  get arn(): string {
    const { partition, region, account } = this.env;
    return `arn:${partition}:cloudformation:${region}:${account}:stackset/${this.id}`;
  }
}

export class StackSets {
  readonly shelf = new Shelf<StackSet>();
  private made = 0;

  constructor(private readonly ledger: Ledger) {}

  add(env: Environment, name: string, design: StackSetDesign): StackSet {
    const { partition, account, region } = env;
    const names = [partition, account, region, name, `${this.made++}`];
    const id = `${name}:${uuid(this.ledger.seed, { kind: 'stack-set', names, at: this.ledger.now })}`;
    return this.shelf.put(env, name, new StackSet(id, name, { partition, account, region }, design));
  }

  /** By its name or id. */
  tryFind(env: Environment, nameOrId: string): StackSet | undefined {
    return (
      this.shelf.tryFind(env, nameOrId) ?? this.shelf.list(env).find(({ id, arn }) => [id, arn].includes(nameOrId))
    );
  }

  operate(set: StackSet, action: StackSetOperation['action'], given: string | undefined): StackSetOperation {
    const key = { kind: 'stack-set-operation', names: [set.id, `${set.operations.length}`], at: this.ledger.now };
    const id = given ?? uuid(this.ledger.seed, key);
    const operation: StackSetOperation = { id, action, at: this.ledger.now, status: 'SUCCEEDED', results: [] };
    set.operations.push(operation);
    return operation;
  }
}
