/**
 * The restores of volumes that the restore of an EKS cluster asks for.
 *
 * Pure: reads the World.
 * Source   B8/7: `nestedRestoreJobs`, JSON of the metadata of the volumes by recovery point. Assumed: the metadata of each is
 *          an object, or such an object as text; the texts of faults.
 */
import { type Metadata, metadataFault, valueOf } from '../domain/restore-job';
import { arnOfPoint } from '../domain/show';
import type { WorldState } from '../domain/world-state';
import { intAt } from '../kernel/columns';
import { parseJson } from '../kernel/json';
import { AwsFault } from './fault';

export interface NestedRestore {
  readonly row: number;
  /** What the volume is called in the cluster. */
  readonly member: string;
  readonly metadata: Metadata;
}

export function nestedRestores(state: WorldState, row: number, metadata: Metadata): NestedRestore[] {
  const text = valueOf(metadata, 'nestedRestoreJobs');
  const family = state.ledger.composites.familyOfPoint(row);
  if (text === undefined || family?.parent !== row) {
    return [];
  }
  const rows = new Map([...family.children.keys()].map((child) => [arnOfPoint(state.ledger, child), child]));
  return Object.entries(objectOf(text)).map(([arn, value]) => {
    const child = rows.get(arn);
    const member = child === undefined ? undefined : family.children.get(child);
    if (child === undefined || member === undefined) {
      throw refusal(`${arn} is no nested recovery point of the composite.`);
    }
    const own = objectOf(value);
    const texts = Object.fromEntries(Object.entries(own).map(([key, one]) => [key, String(one)]));
    const { resourceType } = state.ledger.resourceOf(intAt(state.ledger.points.series, child)).declaration;
    const fault = metadataFault(resourceType, texts);
    if (fault !== undefined) {
      throw refusal(fault);
    }
    return { row: child, member, metadata: texts };
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  let found = value;
  try {
    found = typeof value === 'string' ? (parseJson(value) as unknown) : value;
  } catch {
    found = undefined;
  }
  if (typeof found !== 'object' || found === null) {
    throw refusal('nestedRestoreJobs must be a JSON object of metadata by recovery point.');
  }
  return found as Readonly<Record<string, unknown>>;
}

function refusal(text: string): AwsFault {
  return new AwsFault('InvalidParameterValueException', text);
}
