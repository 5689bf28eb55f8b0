// Which calls a fault has AWS refuse, and what the fault counts of them.
import type { Fault } from '../../../engine/src/domain/fault';
import { type AskedCall, refusalOfCall } from '../../../engine/src/domain/refused-calls';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { inject } from '../scenarios/fault-stage';
import { ENV, ROLE, world } from '../scenarios/stage';

const ASKED: AskedCall = { env: ENV, service: 'backup', operation: 'ListBackupVaults', principal: ROLE };
const THROTTLED = { exception: 'ThrottlingException', message: undefined };
const OTHER = '999999999999';

/** A World in which these faults are there from its beginning. */
function under(...faults: Fault[]): WorldState {
  const state = world('2027-01-01', {});
  faults.forEach((fault) => inject(state, fault));
  return state;
}

// prettier-ignore
test.each<[what: string, fault: Fault, asked: Partial<AskedCall>, exception: string | undefined]>([
  ['a call of its account',              { kind: 'calls-refused', account: ENV.account },     {},                                 'ThrottlingException'],
  ['none of another account',            { kind: 'calls-refused', account: ENV.account },     { env: { ...ENV, account: OTHER } }, undefined],
  ['a call to its Region',               { kind: 'calls-refused', region: ENV.region },       {},                                 'ThrottlingException'],
  ['none to another Region',             { kind: 'calls-refused', region: ENV.region },       { env: { ...ENV, region: 'eu-west-1' } }, undefined],
  ['a call of an account suspended',     { kind: 'account-suspended', account: ENV.account }, {},                                 'AccessDeniedException'],
  ['none where another is suspended',    { kind: 'account-suspended', account: OTHER },       {},                                 undefined],
  ['none where jobs alone are struck',   { kind: 'job-fails', message: 'so' },                {},                                 undefined],
])('a fault refuses %s', (_what, fault, asked, exception) => {
  expect(refusalOfCall(under(fault).ledger, { ...ASKED, ...asked })?.exception).toBe(exception);
});

test('the first fault that a call meets refuses it, and counts it; those that are about others count nothing', () => {
  const state = under(
    { kind: 'calls-refused', service: 'backup' },
    { kind: 'calls-refused', service: 'kms' },
    { kind: 'account-suspended', account: OTHER },
  );
  expect(refusalOfCall(state.ledger, ASKED)).toEqual(THROTTLED);
  expect(refusalOfCall(state.ledger, ASKED)).toEqual(THROTTLED);
  expect(state.ledger.faults.list().map(({ strikes }) => strikes)).toEqual([2, 0, 0]);
});

test('a fault with a probability is drawn for each service, operation and principal for itself', () => {
  const drawn = (asked: Partial<AskedCall>) => {
    const { ledger } = under({ kind: 'calls-refused', probability: 0.5 });
    const call = { ...ASKED, ...asked };
    return Array.from({ length: 50 }, () => (refusalOfCall(ledger, call) === undefined ? '.' : 'x')).join('');
  };
  const all = [{}, { service: 'kms' }, { operation: 'ListBackupPlans' }, { principal: undefined }].map(drawn);
  expect(new Set(all).size).toBe(4);
  expect(drawn({})).toBe(all[0]);
});
