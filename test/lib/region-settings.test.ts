import { RegionSettings } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import { Token } from 'aws-cdk-lib/core';
import { allowed, GLUE, ids, logicalIds, told } from './support/settings';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'Custom::BackupRegionSettings';

test('tells the function what is declared alone', () => {
  const stack = stackOf();
  new RegionSettings(stack, 'Settings', {
    resourceTypeOptInPreference: { EBS: true, 'SAP HANA on Amazon EC2': false },
    resourceTypeManagementPreference: { DynamoDB: true },
  });
  expect(told(stack, TYPE)).toEqual({
    ResourceTypeOptInPreference: { EBS: true, 'SAP HANA on Amazon EC2': false },
    ResourceTypeManagementPreference: { DynamoDB: true },
  });
});

test('says nothing of a map that is not declared', () => {
  const stack = stackOf();
  new RegionSettings(stack, 'Settings', { resourceTypeOptInPreference: { EBS: true } });
  expect(told(stack, TYPE)).toEqual({ ResourceTypeOptInPreference: { EBS: true } });
});

test('may do nothing but read and set them', () => {
  const stack = stackOf();
  new RegionSettings(stack, 'Settings', {});
  expect(allowed(stack)).toEqual([
    { Action: ['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings'], Effect: 'Allow', Resource: '*' },
  ]);
});

test('refuses keys that AWS Backup does not know, all at once', () => {
  const props = {
    resourceTypeOptInPreference: { ebs: true },
    resourceTypeManagementPreference: { EBS: true },
  };
  expect(refusal(() => new RegionSettings(stackOf(), 'Settings', props)).split('\n')).toEqual([
    'S/Settings: 2 value(s) that AWS Backup refuses',
    expect.stringContaining('resourceTypeOptInPreference must be a resource type of AWS Backup'),
    expect.stringContaining('resourceTypeManagementPreference must be CloudFormation, DSQL, DynamoDB or EFS, got EBS'),
  ]);
});

test('takes waivers, and tokens', () => {
  const stack = stackOf();
  const waiver = { rule: 'region-settings-opt-in-key', path: '*', reason: 'new at AWS' };
  const on = Token.asString({ Ref: 'On' }) as unknown as boolean;
  new RegionSettings(stack, 'Settings', { resourceTypeOptInPreference: { NewType: on }, waivers: [waiver] });
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('waived: new at AWS')]);
  expect(told(stack, TYPE)).toEqual({ ResourceTypeOptInPreference: { NewType: { Ref: 'On' } } });
  Template.fromStack(stack).hasResource(TYPE, { Metadata: { Holdfast: { waivers: [waiver] } } });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  expect(ids(new RegionSettings(stack, 'Settings', {}))).toEqual(GLUE);
  expect(logicalIds(stack)).toEqual([
    'SettingsFunctionLog97941F74',
    'SettingsFunctionRoleDA5A6C1E',
    'SettingsFunctionPolicy81B11875',
    'SettingsFunctionE88D2C05',
    'Settings1CCB6159',
  ]);
});
