/**
 * Control of what goes wrong: faults are added, listed and ended.
 *
 * Pure.
 * Spec     ../domain/faults.md
 */
import { readFault } from '../ingest/read-fault';
import { faultId, faultView } from '../report/faults';
import type { Controlled } from './control';
import { ControlFault, fieldsOf } from './control-body';

export function listFaults({ state }: Controlled): object {
  return { schema: 'holdfast.faults/1', faults: state.ledger.faults.list().map(faultView) };
}

/** A fault, a list, or an object whose `faults` is that list; the answer has those that were added. */
export function addFaults({ state }: Controlled, body: unknown): object {
  const several = Array.isArray(body) ? (body as unknown[]) : fieldsOf(body)['faults'];
  const listed = several === undefined ? [body] : several;
  if (!Array.isArray(listed)) {
    throw new ControlFault('the body must be a fault, a list of faults, or an object whose faults is that list');
  }
  // All are read before the first is added, so that one that is refused leaves the World as it was.
  const read = listed.map((one, index) =>
    readFault(one, 'the body', several === undefined ? '' : `faults[${index}]`, state.now),
  );
  const added = read.map(({ fault, from, to }) => faultView(state.faults.add(fault, from, to)));
  return { schema: 'holdfast.faults/1', faults: added };
}

/** Ends one fault, or all; the answer has those that were ended. */
export function clearFaults({ state }: Controlled, _: unknown, id: string): object {
  const all = state.ledger.faults.list();
  const chosen = all.filter((fault) => id === '' || faultId(fault) === id);
  if (id !== '' && chosen.length === 0) {
    throw new ControlFault(`there is no fault '${id}' among ${all.map(faultId).join(', ') || 'no faults'}`, 404);
  }
  chosen.forEach((fault) => state.faults.clear(fault));
  return { schema: 'holdfast.faults/1', faults: chosen.map(faultView) };
}
