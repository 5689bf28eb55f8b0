import { BASE_OPERATORS } from '../../../../engine/src/domain/policy/conditions';
import { decide } from '../../../../engine/src/domain/policy/decide';
import { FORM_ROWS, FormRow, OPERATOR_ROWS, OperatorRow } from './operator-table';
import { Effect, PLACE_ROWS, PlaceRow, policiesWith, POLICY_TYPES, requestFor, Scope } from './place-table';

/** Every cell that there has to be; a row that is missing makes its cells fail. */
const SCOPES: Scope[] = ['same', 'cross'];
const EFFECTS: Effect[] = ['Allow', 'Deny'];
const OPERATORS = BASE_OPERATORS.filter((operator) => operator !== 'Null');

function placeOf(policyType: string, scope: Scope, effect: Effect): PlaceRow {
  const rows = PLACE_ROWS.filter(
    (row) => row.policyType === policyType && row.scope === scope && row.effect === effect,
  );
  expect(rows.map((row) => row.source)).toEqual([expect.stringMatching(/guide, \S+/)]);
  return rows[0] as PlaceRow;
}

function operatorRow(operator: string): OperatorRow {
  const rows = OPERATOR_ROWS.filter((row) => row.operator === operator);
  expect(rows.map((row) => row.source)).toEqual([expect.stringMatching(/guide, \S+/)]);
  return rows[0] as OperatorRow;
}

/** What the cell says of every case of every form, as lines; and what the tables say it should. */
function cell(row: OperatorRow, form: FormRow, place: PlaceRow): [got: string[], wanted: string[]] {
  const condition = { [form.operatorOf(row.operator)]: { [row.key]: row.wanted } };
  const policies = policiesWith(place.policyType, place.scope, place.effect, condition);
  const lines = form.cases.map(({ given, expected }) => {
    const values = given.map((kind) => row[kind]);
    const request = {
      ...requestFor(place.policyType, place.scope),
      context: { [row.key]: values },
    };
    const verdict = decide(request, policies);
    const held = expected === 'missing' ? row.missing : expected;
    const wanted = held ? place.holds : place.fails;
    const label = `${form.form} [${values.join(', ')}] `;
    return [`${label}${verdict.how} ${verdict.policyType}`, `${label}${wanted.how} ${wanted.policyType}`] as const;
  });
  return [lines.map(([got]) => got), lines.map(([, wanted]) => wanted)];
}

describe.each(OPERATORS)('%s', (operator) => {
  test.each(POLICY_TYPES)(
    'decides as AWS documents in a policy of kind %s: each form and effect, one account and two',
    (policyType) => {
      const row = operatorRow(operator);
      for (const form of FORM_ROWS) {
        for (const scope of SCOPES) {
          for (const effect of EFFECTS) {
            const [got, wanted] = cell(row, form, placeOf(policyType, scope, effect));
            expect(got).toEqual(wanted);
          }
        }
      }
    },
  );
});

test.each(POLICY_TYPES)('Null asks whether a key is there, in a policy of kind %s', (policyType) => {
  for (const scope of SCOPES) {
    for (const effect of EFFECTS) {
      for (const [wanted, given] of [
        ['true', false],
        ['true', true],
        ['false', false],
        ['false', true],
      ] as const) {
        const place = placeOf(policyType, scope, effect);
        const policies = policiesWith(policyType, scope, effect, { Null: { 'aws:SourceIdentity': wanted } });
        const context: Record<string, string> = given ? { 'aws:SourceIdentity': 'ann' } : {};
        const { how, policyType: decidedBy } = decide({ ...requestFor(policyType, scope), context }, policies);
        expect({ how, policyType: decidedBy }).toEqual((wanted === 'true') !== given ? place.holds : place.fails);
      }
    }
  }
});

test('the tables have no row that the grid does not ask for', () => {
  expect(OPERATOR_ROWS.map((row) => row.operator).sort()).toEqual([...OPERATORS].sort());
  expect(PLACE_ROWS).toHaveLength(POLICY_TYPES.length * SCOPES.length * EFFECTS.length);
  expect(OPERATORS).toHaveLength(26);
});
