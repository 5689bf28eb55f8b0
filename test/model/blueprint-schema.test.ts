import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { Assembly, blueprintSchema } from '../../tools/generate-blueprint-schema';
import { estates, INSIDE } from './declarations';
import { ENV, plan, resource, rule, vault } from './rows';

const schema = JSON.parse(fs.readFileSync(path.join(__dirname, '../../docs/blueprint.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);

function complaints(document: object): string[] {
  validate({ schema: 'holdfast.blueprint/1', ...document });
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('every estate is a blueprint', () => {
  fc.assert(
    fc.property(estates(INSIDE), (estate) => {
      expect(complaints(JSON.parse(JSON.stringify(estate)) as object)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

// prettier-ignore
test.each([
  ['an environment at the top alone',       { env: { region: 'eu-central-1' }, vaults: [{ backupVaultName: 'main' }] }],
  ['an environment for each',               { vaults: [vault()], plans: [plan()] }],
  ['a resource with an ARN',                { resources: [{ arn: 'arn:aws:s3:::bucket' }] }],
  ['a resource with type and name',         { resources: [{ type: 'DynamoDB', name: 'orders', sizeGiB: 40 }] }],
  ['a resource as the model has it',        { resources: [resource('s3', 'bucket')] }],
  ['waivers',                               { waivers: [{ rule: 'plan-quota', path: '*', reason: 'agreed' }] }],
  ['keys and legal holds',                  { keys: [{ keyId: 'k', keyPolicy: {} }], legalHolds: [{ title: 't', description: 'd', recoveryPointSelection: { vaultNames: ['main'] } }] }],
  ['an organization with its policies',     { organizations: [{ organizationId: 'o-1', rootId: 'r-1', policies: [{ policyId: 'p-1', policyName: 'p', policyType: 'BACKUP_POLICY', content: {} }] }] }],
  ['a policy as JSON and as text',          { vaults: [vault({ accessPolicy: { Statement: [] } }), vault({ accessPolicy: '{}' })] }],
])('takes %s', (_, document) => {
  expect(complaints(JSON.parse(JSON.stringify(document)) as object)).toEqual([]);
});

// prettier-ignore
test.each([
  ['another form of document',           { schema: 'holdfast.blueprint/2' },                              '/schema must be equal to constant'],
  ['a member that it does not know',     { vault: [] },                                                   ' must NOT have additional properties'],
  ['the words of CloudFormation',        { vaults: [{ BackupVaultName: 'main' }] },                       "/vaults/0 must have required property 'backupVaultName'"],
  ['a rule without a vault',             { plans: [{ backupPlanName: 'p', rules: [{ ruleName: 'r' }] }] }, "/plans/0/rules/0 must have required property 'targetBackupVaultName'"],
  ['days as text',                       { plans: [plan({ rules: [rule({ lifecycle: { deleteAfterDays: '35' as unknown as number } })] })] }, '/plans/0/rules/0/lifecycle/deleteAfterDays must be number'],
  ['a resource without ARN or name',     { resources: [{ type: 'S3', sizeGiB: 1 }] },                     '/resources/0 must match a schema in anyOf'],
  ['an organization without its root',   { organizations: [{ organizationId: 'o-1' }] },                  "/organizations/0 must have required property 'rootId'"],
  ['policies outside of organizations',  { policies: [] },                                                ' must NOT have additional properties'],
  ['an environment of another form',     { env: { ...ENV, zone: 'a' } },                                  '/env must NOT have additional properties'],
])('fails with %s', (_, document, complaint) => {
  expect(complaints(JSON.parse(JSON.stringify(document)) as object)).toContain(complaint);
});

test('struct, optional member, map and free JSON become their schema', () => {
  const text = { primitive: 'string' };
  const assembly: Assembly = {
    types: {
      '@holdfast/model.Estate': {
        properties: [
          {
            name: 'plans',
            optional: true,
            type: { collection: { kind: 'array', elementtype: { fqn: '@holdfast/model.Plan' } } },
          },
          { name: 'settings', type: { collection: { kind: 'map', elementtype: { primitive: 'boolean' } } } },
        ],
      },
      '@holdfast/model.Plan': {
        docs: { summary: 'A plan.', remarks: 'With rules.' },
        properties: [
          { name: 'name', type: text, docs: { summary: 'Its name.', default: '- the id' } },
          { name: 'policy', optional: true, type: { primitive: 'any' } },
          { name: 'env', type: { fqn: '@holdfast/model.Environment' } },
        ],
      },
      '@holdfast/model.Environment': { properties: [{ name: 'region', type: text }] },
      '@holdfast/model.StatefulResource': {},
      '@holdfast/model.Waiver': {},
    },
  };
  const { properties, $defs } = blueprintSchema(assembly) as { properties: object; $defs: { Plan: object } };
  expect(properties).toMatchObject({
    plans: { type: 'array', items: { $ref: '#/$defs/Plan' } },
    settings: { type: 'object', additionalProperties: { type: 'boolean' } },
  });
  expect($defs.Plan).toEqual({
    type: 'object',
    description: 'A plan. With rules.',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', description: 'Its name. Default: the id.' },
      policy: {},
      env: { $ref: '#/$defs/Environment' },
    },
  });
});

test('fails without a struct that a blueprint is made of', () => {
  expect(() => blueprintSchema({ types: {} })).toThrow('model/.jsii must have the struct Estate, got 0 others');
});
