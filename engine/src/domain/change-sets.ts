/**
 * Change sets of a stack: what a template would change, kept until somebody has it done.
 *
 * Owns     nothing: they are found in their stack.
 * Units    `…At` are Instants.
 * Source   API of CloudFormation 2010-05-15: DescribeChangeSet.
 * Spec     stacks.md
 */
import type { Instant } from '../kernel/instant';
import type { Properties, StackDesign } from './stacks';

export type Action = 'Add' | 'Import' | 'Modify' | 'Remove';

/** A property that differs. */
export interface PropertyChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly replaces: boolean;
  /** What follows from another resource that is yet to be made. */
  readonly dynamic: boolean;
}

export interface ResourceChange {
  readonly action: Action;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly replaced: boolean;
  readonly properties: readonly PropertyChange[];
  /** All properties before and after. */
  readonly before: Properties | undefined;
  readonly after: Properties | undefined;
  /** What becomes of the resource that goes. */
  readonly policy: string | undefined;
}

export interface ImportedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

export type ExecutionStatus = 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'IMPORT' | 'UPDATE';
  /** Resources that are there already, and are to become those of the stack. */
  readonly imports: readonly ImportedResource[];
  readonly description: string | undefined;
  readonly createdAt: Instant;
  readonly design: StackDesign;
  readonly changes: readonly ResourceChange[];
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly reason: string | undefined;
  readonly onStackFailure: string | undefined;
  readonly includeNestedStacks: boolean;
  executionStatus: ExecutionStatus;
}

/** Source: DescribeChangeSet, ExecutionStatus: what was found of a stack holds no longer once the stack is updated. */
export function makeObsolete(changeSets: Iterable<ChangeSet>): void {
  for (const changeSet of changeSets) {
    if (changeSet.executionStatus === 'AVAILABLE') {
      changeSet.executionStatus = 'OBSOLETE';
    }
  }
}
