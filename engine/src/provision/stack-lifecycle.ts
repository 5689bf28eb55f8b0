/**
 * Stacks made, updated, rolled back and deleted, each to its end: whoever asks next finds it done.
 *
 * Owns     nothing: the moves are those of the spec.
 * Source   AWS CloudFormation User Guide, "Stack status codes", "Choose how to handle failures when provisioning resources".
 * Spec     ../domain/stacks.md
 */
import { makeObsolete } from '../domain/change-sets';
import type { Stack, StackDesign } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { removeResource, RunHow, StackRun } from './stack-run';
import { readTemplate } from './template-text';
import { ValueFault } from './stack-values';
import type { Work } from './work';

export type OnFailure = 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';

/** How an operation goes about it. */
export interface How extends RunHow {
  readonly onFailure: OnFailure;
}

/** The design of an operation, and what runs it. */
function runOf(state: WorldState, stack: Stack, design: StackDesign, how: RunHow): StackRun {
  const given = design.parameters.map(({ key, value }) => ({ ParameterKey: key, ParameterValue: value }));
  const read = readTemplate(design.templateText, given);
  const description = read.document['Description'];
  stack.design = design;
  stack.description = typeof description === 'string' ? description : undefined;
  return new StackRun(state, stack, design, read.template, how);
}

export function* createStack(state: WorldState, stack: Stack, design: StackDesign, how: How): Work<void> {
  const { stacks } = state.services;
  const { token } = how;
  stacks.move(stack, 'CREATE_IN_PROGRESS', 'User Initiated', token);
  const run = runOf(state, stack, design, how);
  const failed = yield* bringAbout(state, run, stack, 'create');
  if (stack.deleting) {
    return;
  }
  // Source: the texts, as seen in public threads.
  const why = stack.timedOut ? 'Stack creation time exceeded the specified timeout.' : failed;
  if (why === undefined) {
    stacks.move(stack, 'CREATE_COMPLETE', undefined, token);
    return;
  }
  if (how.onFailure === 'DO_NOTHING') {
    stacks.move(stack, 'CREATE_FAILED', why, token);
    return;
  }
  if (how.onFailure === 'DELETE') {
    yield* deleteStack(state, stack, {
      token,
      retain: new Set(),
      reason: stack.timedOut ? `${why} Delete requested by user.` : why,
    });
    return;
  }
  stacks.move(stack, 'ROLLBACK_IN_PROGRESS', `${why} Rollback requested by user.`, token);
  yield* run.undo();
  const left = yield* run.removeLeftovers();
  if (left.length > 0) {
    stacks.move(stack, 'ROLLBACK_FAILED', `The following resource(s) failed to delete: [${left.join(', ')}].`, token);
    return;
  }
  stacks.move(stack, 'ROLLBACK_COMPLETE', undefined, token);
}

export function* updateStack(state: WorldState, stack: Stack, design: StackDesign, how: How): Work<void> {
  const { stacks } = state.services;
  const { token } = how;
  const before = { design: stack.design, outputs: stack.outputs, imports: stack.imports };
  stacks.move(stack, 'UPDATE_IN_PROGRESS', 'User Initiated', token);
  makeObsolete(stack.changeSets.values());
  stack.updatedAt = state.now;
  stack.cancelling = false;
  const run = runOf(state, stack, design, how);
  const why = yield* bringAbout(state, run, stack, 'update');
  if (why === undefined) {
    stacks.move(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, token);
    yield* run.cleanUp();
    stacks.move(stack, 'UPDATE_COMPLETE', undefined, token);
    return;
  }
  if (how.onFailure === 'DO_NOTHING') {
    stacks.move(stack, 'UPDATE_FAILED', why, token);
    return;
  }
  stacks.move(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', why, token);
  stack.design = before.design;
  stack.outputs = before.outputs;
  stack.imports = before.imports;
  yield* rollBack(state, stack, run, token);
}

/** Takes back what an update did, as far as that goes. */
function* rollBack(
  state: WorldState,
  stack: Stack,
  run: StackRun,
  token: string | undefined,
  skipped?: ReadonlySet<string>,
): Work<void> {
  const { stacks } = state.services;
  const failed = yield* run.undo(skipped);
  if (failed.length > 0) {
    const why = `The following resource(s) failed to update: [${failed.join(', ')}].`;
    stacks.move(stack, 'UPDATE_ROLLBACK_FAILED', why, token);
    return;
  }
  stacks.move(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', undefined, token);
  yield* run.removeLeftovers();
  stacks.move(stack, 'UPDATE_ROLLBACK_COMPLETE', undefined, token);
}

/** Goes on with a rollback that failed; some resources may be left as they are. */
export function* continueRollback(
  state: WorldState,
  stack: Stack,
  token: string | undefined,
  skipped: ReadonlySet<string>,
): Work<void> {
  const { design } = stack;
  if (design === undefined) {
    throw new Error(`stack ${stack.name} has a rollback to continue, and no design`);
  }
  state.services.stacks.move(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated', token);
  yield* rollBack(state, stack, runOf(state, stack, design, { token }), token, skipped);
}

export interface Deletion {
  readonly token: string | undefined;
  /** Logical ids that stay. */
  readonly retain: ReadonlySet<string>;
  readonly reason?: string;
}

export function* deleteStack(state: WorldState, stack: Stack, deletion: Deletion): Work<void> {
  const { stacks } = state.services;
  const { token, retain, reason = 'User Initiated' } = deletion;
  stacks.move(stack, 'DELETE_IN_PROGRESS', reason, token);
  const used = exportInUse(state, stack, new Map());
  if (used !== undefined) {
    stacks.move(stack, 'DELETE_FAILED', used, token);
    return;
  }
  const failed: string[] = [];
  // What something needs that would not go stays as well.
  const needed = new Set<string>();
  const { standing, needs } = inOrder(state, stack);
  for (const made of standing.reverse()) {
    if (needed.has(made.logicalId)) {
      continue;
    }
    const policy = retain.has(made.logicalId) ? 'Retain' : made.deletionPolicy;
    const line = stack.resources.get(made.logicalId);
    if (!(yield* removeResource(state, stack, made, policy, token))) {
      failed.push(made.logicalId);
      needs(made.logicalId).forEach((id) => needed.add(id));
    } else if (line !== undefined) {
      line.made = undefined;
    }
  }
  if (failed.length > 0) {
    const why = `The following resource(s) failed to delete: [${failed.join(', ')}]. `;
    stacks.move(stack, 'DELETE_FAILED', why, token);
    return;
  }
  stack.outputs = [];
  stack.imports = new Set();
  stacks.move(stack, 'DELETE_COMPLETE', undefined, token);
  stacks.remove(stack);
}

/** What stands, each after what it needs; and what that is. */
function inOrder(state: WorldState, stack: Stack) {
  const { design } = stack;
  if (design === undefined) {
    return { standing: [], needs: () => new Set<string>() };
  }
  const { values } = runOf(state, stack, design, { token: undefined });
  const ids = values.order().map(({ logicalId }) => logicalId);
  const rank = (id: string) => ids.indexOf(id);
  const standing = stack.standing().sort((a, b) => rank(a.logicalId) - rank(b.logicalId));
  return { standing, needs: (id: string) => values.needs(id) };
}

/** Makes what the template says; answers why that failed, if it did. */
function* bringAbout(
  state: WorldState,
  run: StackRun,
  stack: Stack,
  verb: 'create' | 'update',
): Work<string | undefined> {
  try {
    const failed = yield* run.make();
    if (failed !== undefined) {
      return `The following resource(s) failed to ${verb}: [${failed}].`;
    }
    const outputs = run.outputs();
    const exports = new Map(
      outputs.flatMap(({ exportName, value }) => (exportName === undefined ? [] : [[exportName, value]])),
    );
    for (const name of exports.keys()) {
      const other = state.services.stacks.exporting(stack.env, name);
      if (other !== undefined && other.stack !== stack) {
        return `Export with name ${name} is already exported by stack ${other.stack.name}.`;
      }
    }
    const used = exportInUse(state, stack, exports);
    if (used !== undefined) {
      return used;
    }
    run.settle(outputs);
    return undefined;
  } catch (error) {
    if (error instanceof ValueFault) {
      return error.message;
    }
    throw error;
  }
}

/** Why an export of a stack may not go or change: another stack uses it. */
function exportInUse(state: WorldState, stack: Stack, after: ReadonlyMap<string, string>): string | undefined {
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined || after.get(exportName) === value) {
      continue;
    }
    const users = state.services.stacks.importing(stack.env, exportName).filter((user) => user !== stack);
    if (users.length > 0) {
      const what = after.has(exportName) ? 'updated' : 'deleted';
      return `Export ${exportName} cannot be ${what} as it is in use by ${users.map(({ name }) => name).join(', ')}`;
    }
  }
  return undefined;
}
