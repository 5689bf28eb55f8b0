/**
 * Stacks of CloudFormation: what each holds, what happened to it, and what it hands to other stacks.
 *
 * Owns     the stacks of a World, those that were deleted included. What a resource of a template becomes is the business of
 *          provision/.
 * Units    `…At` are Instants.
 * Source   AWS CloudFormation User Guide, "Stack status codes"; API of CloudFormation 2010-05-15.
 * Spec     stacks.md
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { ChangeSet } from './change-sets';
import type { Session } from './credentials';
import type { Ledger } from './ledger';
import { Shelf } from './shelf';
import { StackWaits } from './stack-waits';
import { placeOf } from './vaults';

/** What a stack or one of its resources is going through. */
export type Phase =
  | 'CREATE'
  | 'DELETE'
  | 'IMPORT'
  | 'IMPORT_ROLLBACK'
  | 'REVIEW'
  | 'ROLLBACK'
  | 'UPDATE'
  | 'UPDATE_COMPLETE_CLEANUP'
  | 'UPDATE_ROLLBACK'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP';

/** A status of a stack, e.g. `UPDATE_ROLLBACK_COMPLETE`, or of a resource, which `DELETE_SKIPPED` is alone. */
export type Status = `${Phase}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED' | 'SKIPPED'}`;

/** Plain data with text keys. */
export type Properties = Readonly<Record<string, unknown>>;

/** What becomes of a resource that its stack no longer has. */
export type Policy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** A resource of a template as a stack made it: nothing in it refers to anything any more. */
export interface MadeResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Properties;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Properties;
  /** Counts up whenever another resource takes its place, so that their names differ. */
  readonly generation: number;
  /** Tags of the stack when it was made. */
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Properties;
  readonly deletionPolicy: Policy;
  readonly updateReplacePolicy: Policy;
}

/** A line of DescribeStackResources: it stays when the resource is gone. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string | undefined;
  status: Status;
  reason: string | undefined;
  at: Instant;
  /** As it stands; undefined before it is made and after it is deleted. */
  made: MadeResource | undefined;
  /** What was found when drift was looked for last. */
  drift?: ResourceDrift | undefined;
}

/** A property that is not as the template says. */
export interface PropertyDrift {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly kind: 'ADD' | 'NOT_EQUAL' | 'REMOVE';
}

export interface ResourceDrift {
  readonly status: 'DELETED' | 'IN_SYNC' | 'MODIFIED';
  readonly at: Instant;
  readonly expected: Properties;
  /** Undefined for what is no longer there. */
  readonly actual: Properties | undefined;
  readonly differences: readonly PropertyDrift[];
}

/** Once that drift was looked for. */
export interface DriftDetection {
  readonly id: string;
  readonly at: Instant;
  /** How many resources were not as the template says. */
  readonly drifted: number;
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly at: Instant;
  readonly status: Status;
  readonly reason: string | undefined;
  readonly properties: Properties | undefined;
  readonly token: string | undefined;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** A parameter of a stack, as it was given, and as it is shown. */
export interface StackParameter {
  readonly key: string;
  readonly value: string;
  /** Value of the parameter of SSM that it names. */
  readonly resolved: string | undefined;
  readonly noEcho: boolean;
}

/** What a call makes of a stack: everything that an update that fails goes back to. */
export interface StackDesign {
  /** As it was given, for GetTemplate. */
  readonly templateText: string;
  readonly parameters: readonly StackParameter[];
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly roleArn: string | undefined;
  readonly notificationArns: readonly string[];
}

/** A principal in the account and Region of a stack. */
export interface StackAuthority extends Environment {
  readonly principalArn?: string;
  readonly session?: Session;
}

/** A change that could not be taken back, and what has yet to go, when a rollback failed. */
export interface PendingRollback {
  readonly undos: readonly { readonly before: MadeResource | undefined; readonly after: MadeResource }[];
  readonly leftovers: readonly { readonly made: MadeResource; readonly policy: Policy }[];
}

export const STACK = 'AWS::CloudFormation::Stack';

export class Stack {
  status: Status = 'REVIEW_IN_PROGRESS';
  reason: string | undefined;
  description: string | undefined;
  /** Undefined while a change set waits to make the first one. */
  design: StackDesign | undefined;
  updatedAt: Instant | undefined;
  deletedAt: Instant | undefined;
  terminationProtection = false;
  disableRollback = false;
  /** The call that made it, in one form, where it had a token. */
  createdBy: string | undefined;
  timeoutMinutes: number | undefined;
  /** Whether that was over before the stack was there. */
  timedOut = false;
  /** Whether it is to go while it is being made. */
  deleting = false;
  policyText: string | undefined;
  /** Who acts for it, in a World whose policies decide. */
  authority: StackAuthority | undefined;
  /** Whether somebody asked for the update that is under way to be taken back. */
  cancelling = false;
  /** Oldest first. */
  readonly detections: DriftDetection[] = [];
  /** Undefined but after a rollback that failed. */
  pending: PendingRollback | undefined;
  outputs: readonly StackOutput[] = [];
  /** Names of the exports of other stacks that this one uses. */
  imports: ReadonlySet<string> = new Set();
  readonly resources = new Map<string, StackResource>();
  readonly events: StackEvent[] = [];
  /** By name. */
  readonly changeSets = new Map<string, ChangeSet>();
  /** The change set that was executed last. */
  changeSetId: string | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly env: Environment,
    readonly createdAt: Instant,
    /** How many stacks of this name there were before. */
    readonly incarnation: number,
    /** The stack that this one is nested in. */
    readonly parent: Stack | undefined,
  ) {}

  get root(): Stack | undefined {
    return this.parent?.root ?? this.parent;
  }

  /** The resources that stand, in the order in which they were made. */
  standing(): MadeResource[] {
    return [...this.resources.values()].flatMap(({ made }) => made ?? []);
  }
}

export class Stacks {
  /** What custom resources that were asked answer, by the id of the request; undefined until they do. */
  readonly responses = new Map<string, string | undefined>();
  readonly waits: StackWaits;
  private readonly shelf = new Shelf<Stack>();
  private readonly byId = new Map<string, Stack>();

  constructor(private readonly ledger: Ledger) {
    this.waits = new StackWaits(ledger);
  }

  /** The stack of a name that stands, or of an id whatever became of it. */
  tryFind(env: Environment, nameOrId: string): Stack | undefined {
    const byId = this.byId.get(nameOrId);
    return byId !== undefined && placeOf(byId.env) === placeOf(env) ? byId : this.shelf.tryFind(env, nameOrId);
  }

  /** Those that stand, by name in ascending order. */
  standing(env: Environment): Stack[] {
    return this.shelf.list(env);
  }

  /** All that ever were in an account and Region, latest first. */
  all(env: Environment): Stack[] {
    return [...this.byId.values()].filter((stack) => placeOf(stack.env) === placeOf(env)).reverse();
  }

  add(env: Environment, name: string, parent?: Stack): Stack {
    const incarnation = this.all(env).filter((stack) => stack.name === name).length;
    const { partition, account, region } = env;
    const key = { kind: 'stack', names: [partition, account, region, name, `${incarnation}`], at: this.ledger.now };
    const id = `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/${uuid(this.ledger.seed, key)}`;
    const stack = new Stack(id, name, { partition, account, region }, this.ledger.now, incarnation, parent);
    this.byId.set(id, stack);
    return this.shelf.put(env, name, stack);
  }

  /** The name is free again; the stack is found by its id alone. */
  remove(stack: Stack): void {
    stack.deletedAt = this.ledger.now;
    this.shelf.remove(stack.env, stack.name);
  }

  /** A stack is in another status from now on. */
  move(stack: Stack, status: Status, reason?: string, token?: string): void {
    stack.status = status;
    stack.reason = reason;
    this.tell(stack, { logicalId: stack.name, physicalId: stack.id, type: STACK, status, reason, token });
  }

  /** A resource of a stack is in another status from now on. */
  moveResource(
    stack: Stack,
    at: { readonly logicalId: string; readonly type: string; readonly physicalId: string | undefined },
    status: Status,
    more: { readonly reason?: string | undefined; readonly properties?: Properties; readonly token?: string } = {},
  ): void {
    const { logicalId, type, physicalId } = at;
    const { reason, properties, token } = more;
    const line = stack.resources.get(logicalId);
    const changed = { physicalId, status, reason, at: this.ledger.now };
    if (line === undefined || line.type !== type) {
      stack.resources.set(logicalId, { logicalId, type, made: undefined, ...changed });
    } else if (line.made === undefined || physicalId === undefined || line.made.physicalId === physicalId) {
      // What another has taken the place of has events alone.
      Object.assign(line, changed);
    }
    this.tell(stack, { logicalId, physicalId, type, status, reason, properties, token });
  }

  /** The stack that exports a name in an account and Region. */
  exporting(env: Environment, name: string): { readonly stack: Stack; readonly value: string } | undefined {
    for (const stack of this.standing(env)) {
      const output = stack.outputs.find(({ exportName }) => exportName === name);
      if (output !== undefined) {
        return { stack, value: output.value };
      }
    }
    return undefined;
  }

  /** The stacks that use an export, by name. */
  importing(env: Environment, name: string): Stack[] {
    return this.standing(env).filter(({ imports }) => imports.has(name));
  }

  private tell(
    stack: Stack,
    said: Pick<StackEvent, 'logicalId' | 'physicalId' | 'type' | 'status' | 'reason'> &
      Partial<Pick<StackEvent, 'properties' | 'token'>>,
  ): void {
    const { now, seed } = this.ledger;
    const key = { kind: 'stack-event', names: [stack.id, `${stack.events.length}`], at: now };
    const id = said.type === STACK ? uuid(seed, key) : `${said.logicalId}-${said.status}-${uuid(seed, key)}`;
    stack.events.push({ properties: undefined, token: undefined, ...said, id, at: now });
  }
}
