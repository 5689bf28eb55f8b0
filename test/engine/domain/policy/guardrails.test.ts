/** Every statement of every guardrail: what it denies, what it leaves alone, and for whom. */
import { Guardrail, GuardrailCatalog, GuardrailPolicyType, GuardrailRoles } from '@holdfast/model';
import { decide } from '../../../../engine/src/domain/policy/decide';
import type { AuthorizationRequest, Principal } from '../../../../engine/src/domain/policy/request';
import { FULL, Json, OWNER, policy, roleOf } from './place-table';

const BREAK_GLASS = `arn:aws:iam::${OWNER}:role/break-glass`;
const DEPLOYMENT = `arn:aws:iam::${OWNER}:role/cdk-hnb659fds-cfn-exec-role-${OWNER}-eu-central-1`;
const BACKUP = `arn:aws:iam::${OWNER}:role/service-role/AWSBackupDefaultServiceRole`;
const ROLES: GuardrailRoles = {
  breakGlassRoleArns: ['arn:aws:iam::*:role/break-glass'],
  deploymentRoleArns: ['arn:*:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'],
  exemptPolicyArns: ['arn:aws:iam::*:policy/emergency/*'],
};

type Part = Partial<AuthorizationRequest>;

function sessionOf(arn: string): Principal {
  return { ...roleOf(OWNER), arn };
}

const stranger: Principal = {
  ...roleOf('999999999999'),
  organization: { id: 'o-z', path: 'o-z/r-z/', isManagementAccount: false },
};
const service: Principal = { kind: 'service', arn: 'cloudtrail.amazonaws.com', account: '', userId: '' };
const targets = (arn: string) => ({ context: { 'backup:CopyTargets': [arn] } });
const days = (key: string, value: number) => ({ context: { [`backup:${key}`]: `${value}` } });

/** By condition: what of a request it denies, and what it leaves alone. */
// prettier-ignore
const CONDITIONS: Readonly<Record<string, readonly [denied: Part, left: Part]>> = {
  'Null aws:ResourceTag/aws:backup:source-resource': [{ resourceTags: { 'aws:backup:source-resource': 'arn:aws:ec2:eu-central-1:111122223333:volume/vol-1' } }, { resourceTags: {} }],
  'StringEquals aws:ResourceTag/backup-key': [{ resourceTags: { 'backup-key': 'true' } }, { resourceTags: { 'backup-key': 'false' } }],
  'ForAnyValue:StringEqualsIgnoreCase aws:TagKeys': [{ requestTags: { 'Backup-Key': 'x', 'Backup-Destination': 'x' } }, { requestTags: { team: 'x' } }],
  'ForAllValues:ArnNotLike backup:CopyTargets': [targets('arn:aws:backup:us-east-1:111122223333:backup-vault:a'), targets('arn:aws:backup:eu-central-1:111122223333:backup-vault:a')],
  'ForAllValues:StringNotLike backup:CopyTargetOrgPaths': [{ context: { 'backup:CopyTargetOrgPaths': ['o-z/r-z/'] } }, { context: { 'backup:CopyTargetOrgPaths': ['o-a1b2c3d4e5/r-ab12/'] } }],
  'StringNotEquals iam:PassedToService': [{ context: { 'iam:PassedToService': 'lambda.amazonaws.com' } }, { context: { 'iam:PassedToService': 'backup.amazonaws.com' } }],
  'StringNotEquals aws:ResourceTag/backup-destination': [{ resourceTags: {} }, { resourceTags: { 'backup-destination': 'true' } }],
  'NumericLessThanIfExists backup:MinRetentionDays': [days('MinRetentionDays', 34), days('MinRetentionDays', 35)],
  'NumericLessThan backup:ChangeableForDays': [days('ChangeableForDays', 6), days('ChangeableForDays', 7)],
  'NumericGreaterThan backup:ChangeableForDays': [days('ChangeableForDays', 31), days('ChangeableForDays', 30)],
  'StringNotLike aws:RequestedRegion': [{ requestedRegion: 'us-east-1' }, { requestedRegion: 'eu-central-1' }],
  'StringNotEqualsIfExists aws:PrincipalOrgID': [{ principal: stranger }, {}],
  'StringNotEqualsIfExists aws:SourceOrgID': [{ principal: service, context: { 'aws:SourceOrgID': 'o-z' } }, { principal: service, context: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }],
  'BoolIfExists aws:PrincipalIsAWSService': [{}, { principal: service }],
  'Bool aws:PrincipalIsAWSService': [{ principal: service }, {}],
  'Null aws:SourceAccount': [{ sourceAccount: '999999999999' }, { context: { 'aws:SourceAccount': [] } }],
};

interface Row {
  readonly guardrail: Guardrail;
  readonly statement: Json;
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
  readonly exempt: readonly string[];
}

function listed(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [value as string];
}

function rowsOf(guardrail: Guardrail): Row[] {
  return (guardrail.statements(ROLES) as Json[]).map((statement) => {
    const condition = (statement.Condition ?? {}) as Record<string, Record<string, unknown>>;
    const { ArnNotLike } = condition;
    const conditions = Object.entries(condition).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => `${operator} ${key}`),
    );
    return {
      guardrail,
      statement,
      actions: listed(statement.Action),
      conditions: conditions.filter((text) => text !== 'ArnNotLike aws:PrincipalArn'),
      exempt: ArnNotLike === undefined ? [] : listed(ArnNotLike['aws:PrincipalArn']),
    };
  });
}

const GUARDRAILS = GuardrailCatalog.all().filter(
  ({ policyType }) => policyType !== GuardrailPolicyType.DECLARATIVE_POLICY_EC2,
);
const ROWS = GUARDRAILS.flatMap(rowsOf);

/** Whether the statement denies a request that it is about, but for the parts. */
function denies(row: Row, action: string, ...parts: Part[]): boolean {
  const [pattern = '*'] = listed(row.statement.Resource);
  const concrete = action === 'kms:*' ? 'kms:Decrypt' : action === 's3:*' ? 's3:GetObject' : action;
  const merged = parts.reduce<Part>(
    (all, part) => ({ ...all, ...part, context: { ...all.context, ...part.context } }),
    {},
  );
  const request: AuthorizationRequest = {
    principal: sessionOf(`arn:aws:iam::${OWNER}:role/Administrator`),
    action: concrete,
    resource: pattern === '*' ? `arn:aws:backup:eu-central-1:${OWNER}:backup-vault:a` : pattern.replaceAll('*', 'x'),
    resourceAccount: OWNER,
    ...merged,
  };
  const guard = policy(row.guardrail.id, { ...row.statement, Sid: 'S' });
  const levels = [{ target: 'r-ab12', policies: [guard] }];
  const isScp = row.guardrail.policyType === GuardrailPolicyType.SERVICE_CONTROL_POLICY;
  const everybody = policy('open', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
  const verdict = decide(request, {
    identity: [FULL],
    resource: everybody,
    ...(isScp ? { scps: [{ target: 'r-ab12', policies: [FULL, guard] }] } : { rcps: levels }),
  });
  expect(verdict.notes).toEqual([]);
  expect(verdict.allowed || (verdict.policyName === `${row.guardrail.id} at r-ab12` && verdict.statement === 'S')).toBe(
    true,
  );
  return !verdict.allowed;
}

function attack(row: Row): Part[] {
  return row.conditions.map((text) => {
    const known = CONDITIONS[text];
    if (known === undefined) {
      throw new Error(`CONDITIONS must have '${text}' of ${row.guardrail.id}`);
    }
    return known[0];
  });
}

const TITLED = ROWS.map((row, index): [string, Row] => [`${row.guardrail.id} (statement ${index})`, row]);

test('there are statements of every guardrail that is a policy', () => {
  expect(ROWS.length).toBeGreaterThan(30);
  expect(new Set(ROWS.map(({ guardrail }) => guardrail)).size).toBe(GUARDRAILS.length);
});

test.each(TITLED)('%s denies each of its actions to an administrator of a member account (B11.4/1)', (_, row) => {
  for (const action of row.actions) {
    expect([action, denies(row, action, ...attack(row))]).toEqual([action, true]);
  }
});

test.each(TITLED)('%s leaves alone what any one of its conditions is not about', (_, row) => {
  const bad = attack(row);
  for (const [index, text] of row.conditions.entries()) {
    const parts = [...bad.slice(0, index), ...bad.slice(index + 1), CONDITIONS[text]?.[1] ?? {}];
    const [action = ''] = row.actions;
    // Both ask who a principal is: a stranger is no service, and a service belongs to no organization.
    const first = text.startsWith('Bool') || text.includes('PrincipalOrgID') ? parts.reverse() : parts;
    const left = text === 'BoolIfExists aws:PrincipalIsAWSService' ? [...bad, { principal: service }] : first;
    const own = text === 'StringNotEqualsIfExists aws:PrincipalOrgID' ? [{ principal: roleOf(OWNER) }] : [];
    const member =
      text === 'Bool aws:PrincipalIsAWSService' ? [...bad, { principal: roleOf(OWNER) }] : [...left, ...own];
    expect([text, denies(row, action, ...member)]).toEqual([text, false]);
  }
});

test.each(TITLED)('%s leaves the roles alone that it exempts, and nobody else', (_, row) => {
  const isScp = row.guardrail.policyType === GuardrailPolicyType.SERVICE_CONTROL_POLICY;
  for (const [arn, role] of [
    [BREAK_GLASS, 'break-glass'],
    [DEPLOYMENT, 'cfn-exec-role'],
    [BACKUP, 'AWSBackupDefaultServiceRole'],
  ] as const) {
    const spared = row.exempt.some((pattern) => pattern.includes(role));
    const principal = isScp ? { principal: sessionOf(arn) } : {};
    const [action = ''] = row.actions;
    expect([role, denies(row, action, ...attack(row), principal)]).toEqual([role, !spared]);
  }
});

test.each(TITLED)('%s binds neither the management account nor service-linked roles (B11.4/1, B11.4/3)', (_, row) => {
  const [action = ''] = row.actions;
  const organization = { id: 'o-a1b2c3d4e5', path: 'o-a1b2c3d4e5/r-ab12/', isManagementAccount: true };
  const isScp = row.guardrail.policyType === GuardrailPolicyType.SERVICE_CONTROL_POLICY;
  const management = isScp ? { principal: { ...roleOf(OWNER), organization } } : { resourceOrganization: organization };
  expect(denies(row, action, ...attack(row), management)).toBe(false);
  const linked = { ...roleOf(OWNER), kind: 'service-linked-role' as const };
  expect(denies(row, action, ...attack(row), { principal: linked })).toBe(false);
});
