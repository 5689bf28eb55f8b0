/**
 * One operation upon a stack: its resources made, changed and removed in CloudFormation's order, with its events.
 *
 * Owns     what has been done so far, so that it can be undone.
 * Source   AWS CloudFormation User Guide, "Stack status codes", "Update behaviors of stack resources", "DeletionPolicy
 *          attribute", "UpdateReplacePolicy attribute".
 * Spec     ../domain/stacks.md
 */
import type { MadeResource, Policy, Stack, StackDesign, StackOutput, Status } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import type { ResourceDeclaration, Template } from '../ingest/cloudformation/template';
import { attributeOf } from './attributes';
import { authorizeMove } from './authority';
import { Wanted, type Made, type ResourceHandler, type Wish } from './handler';
import { handlerOf } from './handlers';
import { lookUp, reveal } from './dynamic-references';
import { Refused, refuseExtraneous, whyRefused } from './refusals';
import { awaitedBy, awaitSignals } from './signals';
import { denialOf, UpdateAction } from './stack-policy';
import { StackValues, ValueFault } from './stack-values';
import { isReplaced, sameWish } from './wishes';
import { Work, wait } from './work';

/** How a resource that is there is undone. */
type Undo = { readonly before: MadeResource | undefined; readonly after: MadeResource };

type Leftover = { readonly made: MadeResource; readonly policy: Policy };

/** How an operation goes about it. */
export interface RunHow {
  readonly token: string | undefined;
  /** Policy of the stack that an update asks. */
  readonly policy?: string | undefined;
  /** Whether what is new goes in a rollback even if it is to be retained. */
  readonly discardsNew?: boolean | undefined;
}

export class StackRun {
  readonly values: StackValues;
  private readonly undos: Undo[] = [];
  /** What goes once everything stands. */
  private readonly leftovers: Leftover[] = [];
  private readonly imports = new Set<string>();

  constructor(
    private readonly state: WorldState,
    private readonly stack: Stack,
    private readonly design: StackDesign,
    private readonly template: Template,
    private readonly how: RunHow,
  ) {
    this.values = new StackValues(stack, template, design, {
      ref: (id) => this.find(id).physicalId,
      attribute: (id, name) => attributeOf(state, stack, this.find(id), name),
      imported: (name) => this.imported(name),
      resolved: (text) => lookUp(state, stack.env, text),
    });
  }

  /**
   * Brings every resource of the template about.
   *
   * @returns the logical id that failed, undefined when all stand
   */
  *make(): Work<string | undefined> {
    for (const resource of this.values.order()) {
      this.refuseCancelled();
      if (!(yield* this.bring(resource))) {
        this.refuseCancelled();
        return resource.logicalId;
      }
    }
    this.refuseCancelled();
    return this.removed().find((made) => !this.mayGo(made))?.logicalId;
  }

  /** @throws ValueFault when somebody cancelled the update meanwhile */
  private refuseCancelled(): void {
    if (this.stack.cancelling) {
      this.stack.cancelling = false;
      throw new ValueFault('User Initiated');
    }
  }

  /** What is no longer in the template. */
  private removed(): MadeResource[] {
    const kept = new Set(this.values.order().map(({ logicalId }) => logicalId));
    return this.stack.standing().filter(({ logicalId }) => !kept.has(logicalId));
  }

  private mayGo(made: MadeResource): boolean {
    const denied = denialOf(this.how.policy, 'Update:Delete', made);
    if (denied !== undefined) {
      this.tell(made, 'UPDATE_FAILED', denied);
    }
    return denied === undefined;
  }

  /** Outputs of the template. @throws ValueFault */
  outputs(): StackOutput[] {
    const found: StackOutput[] = [];
    for (const [key, output] of this.template.outputs) {
      if (!this.values.holds(output.condition)) {
        continue;
      }
      const value = this.values.value(output.value, `Outputs.${key}`);
      const exported = output.exportName === undefined ? undefined : this.values.value(output.exportName, key);
      found.push({
        key,
        value: textOf(value),
        description: output.description,
        exportName: exported === undefined ? undefined : textOf(exported),
      });
    }
    return found;
  }

  /** What the stack uses of others from now on. */
  settle(outputs: readonly StackOutput[]): void {
    this.stack.outputs = outputs;
    this.stack.imports = this.imports;
  }

  /** Removes what is no longer in the template, and what another took the place of. */
  *cleanUp(): Work<void> {
    for (const made of this.removed().reverse()) {
      if (yield* this.remove(made, made.deletionPolicy)) {
        line(this.stack, made.logicalId).made = undefined;
      }
    }
    yield* this.removeLeftovers();
  }

  /**
   * What stands in the place of others goes; those are as they were before.
   *
   * @param skipped logical ids that are taken to be as they were
   * @returns logical ids that could not be taken back
   */
  *undo(skipped: ReadonlySet<string> = new Set()): Work<string[]> {
    const failed: Undo[] = [];
    const fresh: Leftover[] = [];
    const undos = this.stack.pending?.undos ?? this.undos.reverse();
    for (const { before, after } of undos) {
      const { logicalId } = after;
      if (before === undefined || before.physicalId !== after.physicalId) {
        line(this.stack, logicalId).made = before;
        fresh.push({ made: after, policy: this.keepsNew(after) ? 'Retain' : 'Delete' });
        if (before !== undefined) {
          this.tell(before, 'UPDATE_COMPLETE');
        }
        continue;
      }
      if (skipped.has(logicalId)) {
        this.tell(after, 'UPDATE_COMPLETE');
        continue;
      }
      this.tell(before, 'UPDATE_IN_PROGRESS');
      try {
        yield* this.change(before, after);
        this.tell(before, 'UPDATE_COMPLETE');
      } catch (error) {
        this.tell(after, 'UPDATE_FAILED', whyRefused(this.state, this.stack, after.type, error));
        failed.push({ before, after });
      }
    }
    // What was to go stays; what came about goes, the last first.
    this.leftovers.splice(0, Infinity, ...(this.stack.pending?.leftovers ?? []), ...fresh.reverse());
    this.stack.pending = failed.length === 0 ? undefined : { undos: failed, leftovers: [...this.leftovers] };
    return failed.map(({ after }) => after.logicalId);
  }

  *removeLeftovers(): Work<string[]> {
    const failed: string[] = [];
    for (const { made, policy } of this.leftovers.splice(0).reverse()) {
      if (!(yield* this.remove(made, policy))) {
        failed.push(made.logicalId);
      }
    }
    return failed;
  }

  private *bring(resource: ResourceDeclaration): Work<boolean> {
    const { logicalId, type } = resource;
    const before = this.stack.resources.get(logicalId)?.made;
    try {
      const handler = handlerOf(type);
      const wish = this.wishOf(resource, before?.generation ?? 0);
      if (before === undefined) {
        yield* this.create(resource, handler, wish);
      } else if (sameWish(before, wish, handler)) {
        line(this.stack, logicalId).made = { ...before, ...policiesOf(resource), metadata: wish.metadata };
      } else if (isReplaced(handler, before, wish)) {
        this.refuseDenied('Update:Replace', before);
        const why = 'Requested update requires the creation of a new physical resource; hence creating one.';
        this.tell(before, 'UPDATE_IN_PROGRESS', why);
        yield* this.create(resource, handler, { ...wish, generation: before.generation + 1 }, before);
      } else {
        this.refuseDenied('Update:Modify', before);
        this.tell(before, 'UPDATE_IN_PROGRESS');
        refuseExtraneous(wish);
        const wanted = { ...before, ...policiesOf(resource), ...wish };
        const after = yield* this.change(wanted, before);
        this.undos.push({ before, after });
        if (after.physicalId !== before.physicalId) {
          // A custom resource that names another has made one.
          this.leftovers.push({ made: before, policy: before.updateReplacePolicy });
        }
        this.tell(after, 'UPDATE_COMPLETE');
      }
      return true;
    } catch (error) {
      const status = before === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED';
      const at = before ?? { logicalId, type, physicalId: undefined };
      this.tell(at, status, whyRefused(this.state, this.stack, type, error));
      return false;
    }
  }

  /** @throws Refused when the policy of the stack denies it */
  private refuseDenied(action: UpdateAction, before: MadeResource): void {
    const denied = denialOf(this.how.policy, action, before);
    if (denied !== undefined) {
      throw new Refused(denied);
    }
  }

  private *create(
    resource: ResourceDeclaration,
    handler: ResourceHandler,
    wish: Wish,
    before?: MadeResource,
  ): Work<void> {
    const phase = before === undefined ? 'CREATE' : 'UPDATE';
    const { logicalId, type } = resource;
    const { properties } = wish;
    if (before === undefined) {
      this.tell({ logicalId, type, physicalId: undefined }, 'CREATE_IN_PROGRESS', undefined, properties);
    }
    refuseExtraneous(wish);
    const wanted = this.wanted(wish);
    // What a role is to be called is known before it is made, and policies name it.
    const physicalId = type === 'AWS::IAM::Role' ? wanted.made().physicalId : undefined;
    authorizeMove(this.state, this.stack, 'Create', { ...wish, physicalId });
    const made: Made = yield* wait(handler.create(wanted));
    const after: MadeResource = { ...wish, ...made, ...policiesOf(resource) };
    this.undos.push({ before, after });
    line(this.stack, logicalId).made = after;
    this.tell(after, `${phase}_IN_PROGRESS`, 'Resource creation Initiated', properties);
    yield* this.completed(resource, after);
    this.tell(after, `${phase}_COMPLETE`, undefined, properties);
    if (before !== undefined) {
      this.leftovers.push({ made: before, policy: before.updateReplacePolicy });
    }
  }

  /** Waits until the resource says that it is ready, where it is to. */
  private *completed({ logicalId, creationPolicy }: ResourceDeclaration, made: MadeResource): Work<void> {
    const policy = creationPolicy === undefined ? undefined : this.values.value(creationPolicy, logicalId);
    const awaited = awaitedBy(this.state, made, policy);
    if (awaited !== undefined) {
      const attributes = yield* awaitSignals(this.state, this.stack, logicalId, awaited);
      line(this.stack, logicalId).made = { ...made, attributes: { ...made.attributes, ...attributes } };
    }
  }

  /** One resource as another says. */
  private *change(wanted: MadeResource, standing: MadeResource): Work<MadeResource> {
    const handler = handlerOf(standing.type);
    if (handler.update === undefined) {
      throw new Refused(`an ${standing.type} cannot be changed`);
    }
    authorizeMove(this.state, this.stack, 'Update', standing);
    const at = { state: this.state, stack: this.stack, env: this.stack.env, made: standing };
    const { physicalId, attributes }: Made = yield* wait(handler.update(this.wanted(wanted), at));
    const after = { ...wanted, physicalId, attributes };
    line(this.stack, standing.logicalId).made = after;
    return after;
  }

  /** Source: RetainExceptOnCreate, of a resource or a call: what a rollback finds new is deleted all the same. */
  private keepsNew({ deletionPolicy }: MadeResource): boolean {
    return deletionPolicy === 'Retain' && this.how.discardsNew !== true;
  }

  /** @returns whether it is gone from the stack */
  private *remove(made: MadeResource, policy: Policy): Work<boolean> {
    return yield* removeResource(this.state, this.stack, made, policy, this.how.token);
  }

  /** A wish with its secrets, which the stack itself does not come to know. */
  private wanted(wish: Wish): Wanted {
    const properties = reveal(this.state, this.stack.env, wish.properties);
    return new Wanted(this.state, this.stack, { ...wish, properties });
  }

  private wishOf(resource: ResourceDeclaration, generation: number): Wish {
    const { logicalId, type, metadata } = resource;
    const properties = this.values.properties(resource);
    return { logicalId, type, properties, generation, tags: this.design.tags, metadata };
  }

  private find(logicalId: string): MadeResource {
    const made = this.stack.resources.get(logicalId)?.made;
    if (made === undefined) {
      throw new ValueFault(`Template error: ${logicalId} is not there`);
    }
    return made;
  }

  private imported(name: string): string {
    const found = this.state.services.stacks.exporting(this.stack.env, name);
    if (found === undefined) {
      throw new ValueFault(`No export named ${name} found.`);
    }
    this.imports.add(name);
    return found.value;
  }

  private tell(
    at: { readonly logicalId: string; readonly type: string; readonly physicalId: string | undefined },
    status: Status,
    reason?: string,
    properties?: MadeResource['properties'],
  ): void {
    const more = {
      reason,
      ...(properties && { properties }),
      ...(this.how.token !== undefined && { token: this.how.token }),
    };
    this.state.services.stacks.moveResource(this.stack, at, status, more);
  }
}

/** Removes a resource as its policy says; answers whether the stack is rid of it. */
export function* removeResource(
  state: WorldState,
  stack: Stack,
  made: MadeResource,
  policy: Policy,
  token: string | undefined,
): Work<boolean> {
  const { stacks } = state.services;
  const more = token === undefined ? {} : { token };
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') {
    stacks.moveResource(stack, made, 'DELETE_SKIPPED', more);
    return true;
  }
  stacks.moveResource(stack, made, 'DELETE_IN_PROGRESS', more);
  try {
    const handler = handlerOf(made.type);
    authorizeMove(state, stack, 'Delete', made);
    const standing = { state, stack, env: stack.env, made };
    if (policy === 'Snapshot') {
      if (handler.snapshot === undefined) {
        throw new Refused(`NotEmulated: DeletionPolicy Snapshot of ${made.type} is not emulated`);
      }
      yield* wait(handler.snapshot(standing));
    }
    yield* wait(handler.delete(standing));
    stacks.moveResource(stack, made, 'DELETE_COMPLETE', more);
    return true;
  } catch (error) {
    const reason = whyRefused(state, stack, made.type, error);
    stacks.moveResource(stack, made, 'DELETE_FAILED', { ...more, reason });
    return false;
  }
}

function policiesOf(resource: ResourceDeclaration): Pick<MadeResource, 'deletionPolicy' | 'updateReplacePolicy'> {
  const { deletionPolicy = 'Delete', updateReplacePolicy = 'Delete' } = resource;
  return { deletionPolicy: deletionPolicy as Policy, updateReplacePolicy: updateReplacePolicy as Policy };
}

function line(stack: Stack, logicalId: string) {
  const found = stack.resources.get(logicalId);
  if (found === undefined) {
    throw new Error(`stack ${stack.name} has no line for ${logicalId}`);
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
